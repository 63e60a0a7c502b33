// Package disktest breaks disks for tests: it puts a function before every single operation of a disk and of the files
// opened on it, where a test makes one fail, or ends the process.
package disktest

import (
	"os"
	"sync/atomic"

	"marsfix/steps/disk"
)

// Op is an operation of a disk or of a file opened on it.
type Op string

// Of the disk.
const (
	Open        Op = "open"
	OpenStrict  Op = "open strict"
	Stat        Op = "stat"
	List        Op = "list"
	Owner       Op = "owner"
	Free        Op = "free"
	Drives      Op = "drives" // its path is empty
	Removable   Op = "removable"
	OpenPrivate Op = "open private"
	Guarded     Op = "guarded"
	Create      Op = "create"
	Rename      Op = "rename" // its path is the old one
	Remove      Op = "remove"
	MakeFolder  Op = "make folder"
	MakePrivate Op = "make private"
)

// Of a private folder, beside those above: Make is MakePrivate, Enter and Inside are OpenPrivate.
const (
	Append       Op = "append"
	RemoveFolder Op = "remove folder"
)

// Of an opened file. Close is done even where it is made to fail, as systems do.
const (
	Read  Op = "read"
	Info  Op = "info"
	Write Op = "write"
	Sync  Op = "sync"
	Close Op = "close"
)

// Ops are all operations.
func Ops() []Op {
	return []Op{Open, OpenStrict, Stat, List, Owner, Free, Drives, Removable, OpenPrivate, Guarded, Create, Append,
		Rename, Remove, MakeFolder, MakePrivate, RemoveFolder,
		Read, Info, Write, Sync, Close}
}

// Changes reports whether the operation changes something on the disk.
func (o Op) Changes() bool {
	switch o {
	case Create, Append, Rename, Remove, MakeFolder, MakePrivate, RemoveFolder, Write, Sync:
		return true
	}
	return false
}

// Before is asked ahead of each operation; an error takes the operation's place. It may be called from several
// goroutines.
type Before func(op Op, path string) error

// Short, returned before a write, lets the first N bytes through and then fails with Err; before another operation it
// is Err.
type Short struct {
	N   int
	Err error
}

func (s Short) Error() string { return "after a short write: " + s.Err.Error() }
func (s Short) Unwrap() error { return s.Err }

// At is a Before that does what do says before the k-th operation, counted from 1, and leaves the others alone.
func At(k int, do Before) Before {
	var n atomic.Int64
	return func(op Op, path string) error {
		if n.Add(1) != int64(k) {
			return nil
		}
		return do(op, path)
	}
}

// Only is a Before that asks do only for the named operations.
func Only(do Before, ops ...Op) Before {
	return func(op Op, path string) error {
		for _, o := range ops {
			if o == op {
				return do(op, path)
			}
		}
		return nil
	}
}

// Fail is a Before that fails every operation as a disk would, with this cause.
func Fail(cause error) Before {
	return func(op Op, path string) error { return pathError(op, path, cause) }
}

// Kill ends the process at once, without deferred calls: what a power cut leaves, except for bytes that the system had
// not written yet. It returns only where the system refuses.
func Kill(Op, string) error {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	if err := self.Kill(); err != nil {
		return err
	}
	select {} // the signal is on its way; nothing may happen meanwhile
}

var _ disk.Disk = (*Hooked)(nil)
