// Package disk is marsfix's file work, the same on every computer: open without following links, create new, read,
// write, flush, rename without replacing, remove. It must never replace a file, nor change one that is not the file
// that was meant.
//
// Paths are Windows paths (`C:\Windows\Temp\OBPatch.log`). On Windows they are used as they stand; for a practice
// computer and for a mounted disk a [Mapped] disk maps drive letters to folders and ignores case as Windows does.
//
// Errors are *fs.PathError values whose Path is the path that the caller gave, and whose cause answers errors.Is for
// fs.ErrNotExist, fs.ErrExist, fs.ErrPermission and this package's own causes below.
package disk

import (
	"errors"
	"io"
	"time"
)

// Causes that the hints of marsfix depend on. They wrap the system's own error, whose text stays in the message.
var (
	// ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
	ErrShared   = errors.New("another program keeps the file to itself")
	ErrFull     = errors.New("the disk is full") // ERROR_DISK_FULL, ENOSPC, EDQUOT
	ErrIsFolder = errors.New("it is a folder, not a file")
	ErrLink     = errors.New("a link stands in the path") // a name surrogate: symbolic link or junction
	ErrNoDrive  = errors.New("no such drive")             // the path is on a drive that this computer does not have
	ErrBadPath  = errors.New("not an absolute path on a drive letter")
	// the file under the name is not the one that was meant
	ErrChanged = errors.New("it is not the same file any more")
	ErrNotFile = errors.New("it is not a regular file") // a pipe, a socket or a device

	// ERROR_ACCESS_DISABLED_BY_POLICY: AppLocker, software restriction
	ErrPolicy    = errors.New("a policy of this computer forbids it")
	ErrIntegrity = errors.New("this computer's App Control forbids it") // ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION
)

// Share is what other programs may do with a file while we hold it open. Linux has no such thing; there it is ignored.
type Share uint8

const (
	// ShareAll lets others read, write, rename and delete: for logs that their writer rotates.
	ShareAll Share = iota
	// ShareRead lets others only read: what was checked cannot change while it is open.
	ShareRead
	// ShareNoLink is ShareAll where anybody could have put a link: one that stands under the name is refused (ErrLink),
	// by the handle that is then read.
	ShareNoLink
)

// ID says which file an opened one is, by volume and file number: two with the same ID are one file. The zero ID
// matches nothing.
type ID struct{ volume, high, Low uint64 }

// Info describes a file or folder.
type Info struct {
	Path    string // as asked for; in a listing the folder's path with the entry's name as it is on disk
	Size    int64  // bytes
	Written time.Time
	Dir     bool
	Link    bool // a symbolic link or junction (name surrogate), not followed
	ID      ID
}

// Trust is how much an owner is trusted.
type Trust uint8

const (
	Trusted  Trust = iota // SYSTEM, Administrators, TrustedInstaller or the own account
	Unknown               // any other account
	NotAdmin              // an account known not to be an administrator here
)

// Owner is who owns a file.
type Owner struct {
	Name  string // DOMAIN\name; the SID where the name cannot be had within two seconds
	Trust Trust
}

// File is a file opened for reading.
type File interface {
	io.ReaderAt
	io.Closer
	Path() string // as asked for
	Info() (Info, error)
}

// Handler is a File that lends its system handle, to ask Windows about the opened file itself: its signature, its
// version, its folder's identity. The handle belongs to the file and is valid until Close. The files of Local and
// Mapped are Handlers.
type Handler interface{ Fd() uintptr }

// NewFile is a file being written.
type NewFile interface {
	io.Writer
	io.Closer
	Path() string
	Sync() error
	Info() (Info, error)
}

// Reader is the half that only looks.
type Reader interface {
	// Open opens a regular file for reading. It follows symbolic links and junctions, but for ShareNoLink; OpenStrict
	// refuses them all.
	Open(path string, share Share) (File, error)
	// OpenStrict is Open with ShareRead that refuses a link anywhere in the path (ErrLink), except a mount point to a
	// volume. shared is true where write and delete could not be denied to others and the file was opened all the same.
	OpenStrict(path string) (f File, shared bool, err error)
	// Stat describes what is under the name, without following a link in its last element.
	Stat(path string) (Info, error)
	// List names what is in a folder, sorted by name.
	List(path string) ([]Info, error)
	Owner(path string) (Owner, error)
	// Free is the room on the path's volume for this user, in bytes.
	Free(path string) (uint64, error)
	// Drives lists the roots of fixed and removable drives ("C:\", "F:\"): where an extraction folder may be.
	Drives() ([]string, error)
	// Removable reports whether a path is on a drive whose medium can be taken out: a stick, a card.
	Removable(path string) (bool, error)
	// OpenPrivate opens and holds a folder that only SYSTEM and Administrators can write to: a real folder, opened as
	// what stands under the name, whose owner and rights say so. Of anything else the cause is a *NotPrivateError.
	OpenPrivate(path string) (PrivateReader, error)
	// Guarded is nil for a folder (or the one behind a link of that name) that only SYSTEM and Administrators can write
	// to, and otherwise a *NotPrivateError that says who else can.
	Guarded(path string) error
}

// PrivateReader is a folder of marsfix's own, held open: what is done by name in it is done in that folder, wherever
// its path leads meanwhile, and on Windows nobody can rename or remove it. Its names are plain ones, without a path.
type PrivateReader interface {
	Path() string
	// List names what is in the folder, sorted by name.
	List() ([]Info, error)
	// Open opens a regular file for reading, which others may go on writing. A link, or a file that anybody else could
	// have written (a *NotPrivateError), is refused.
	Open(name string) (File, error)
	// Inside opens and holds a folder in it that is just as private.
	Inside(name string) (PrivateReader, error)
	// Close lets go of the folder. Nothing can be lost by it.
	Close()
}

// Private is a PrivateReader in which things can be changed. What is made in it belongs to Administrators, and nobody
// but them and SYSTEM has any right to it.
type Private interface {
	PrivateReader
	// Create, Rename and Remove are those of Writer.
	Create(name string) (NewFile, error)
	Rename(from, to string, same ID) error
	Remove(name string, same ID) error
	// Append opens a file for writing at its end, made if it is not there. One that is there must be what Open takes.
	Append(name string) (NewFile, error)
	// Enter is Inside for changing things in it, Make makes it where it is not there.
	Enter(name string) (Private, error)
	Make(name string) (Private, error)
	// RemoveFolder deletes an empty folder if it is still same (else ErrChanged).
	RemoveFolder(name string, same ID) error
}

// Writer is the half that changes things. Nothing in it replaces an existing file.
type Writer interface {
	// Create makes a new file; fs.ErrExist if the name is taken, by a link too.
	Create(path string) (NewFile, error)
	// Rename gives the file another name in the same folder and flushes it; fs.ErrExist if the name is taken. If the
	// file under from is not same any more: ErrChanged, and nothing is renamed.
	Rename(from, to string, same ID) error
	// Remove deletes a file if it is still same (else ErrChanged). It never deletes a folder.
	Remove(path string, same ID) error
	// MakeFolder makes a folder and its missing parents, inheriting rights.
	MakeFolder(path string) error
	// MakePrivate makes a folder that only SYSTEM and Administrators can write to, its missing parents inheriting
	// rights, and holds it. One that exists must be what OpenPrivate takes.
	MakePrivate(path string) (Private, error)
}

// Disk is both halves.
type Disk interface {
	Reader
	Writer
}
