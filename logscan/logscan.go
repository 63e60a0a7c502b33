// Package logscan reads the two logs that the article names, as bytes: whatever their encoding, whatever their size, in
// constant memory. It must never ask the computer anything, nor take a name for acceptable that only looks like one.
//
// A log is UTF-16LE, UTF-16BE, UTF-8 or in an ANSI code page, with or without a byte order mark. Its lines end with LF
// or CRLF, and there may be NULs before, between and after them. The encoding may change in mid-file, at any byte: at a
// byte order mark that four characters of plain text follow, and, without a mark, at a session's header in single bytes
// or in little-endian pairs. A change begins a new line. An unmarked part without a header is not recognised, and an
// unmarked big-endian part is not told from a little-endian one that is a byte off (its ASCII reads the same). Bytes
// that are not UTF-8 are shown as Windows-1252, line by line. Half a character at the end of the log is dropped.
//
// Of a line longer than a few KiB only the text around the match is decoded; a name or folder that goes on beyond that
// is suspicious. Each occurrence of the words counts, also two in one line.
package logscan

import (
	"errors"
	"time"
)

// Encoding is how a log's text is encoded.
type Encoding uint8

const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	ANSI // bytes that are not UTF-8, shown as Windows-1252
)

// Line is one line of a log.
type Line struct {
	Number  int64  // from 1
	Offset  int64  // of its first byte
	Text    string // decoded, without its line end; at most a few KiB around the match
	Unended bool   // the file ends before the line does

	shown *passage // while it is scanned: Text is still to be decoded
}

// Session is one run of Windows Installer in a log, from its header "=== Verbose logging started: ".
type Session struct {
	Number int // from 1
	Line   Line
	// Started is the header's date and time as written; their order of day and month is the writer's.
	Started string
	Process string // "Calling process", full path
	// Written is when the log was last written, if the caller knows it: it gives a header without a year its year.
	Written time.Time
}

// Kind is which of the warnings a line is.
type Kind uint8

const (
	Missing       Kind = iota + 1 // Local cached package '…' is missing.
	NotStorage                    // … could not be opened as a storage file.
	NoPackageCode                 // … does not contain valid package code.
	// The package code in the cached package '…' does not match the registered package code.
	OtherPackageCode
	// a warning whose wording after the name is cut off or unknown, and which the words before it leave open
	Cut
	LostPatch // Couldn't find local patch '…'.
)

// Warning is a line that names a cached package or patch.
type Warning struct {
	Line
	Kind    Kind
	Log     string // its log's path, where the caller has noted it
	Session int    // 0 before the first header
	Time    string // as logged, "09:27:14:308"; empty without one
	Path    string // as logged between the quotes
	ID      string // the Unique_ID if Path is acceptable as one, as logged; empty otherwise
	// NameAt and NameLen mark the path within Text, in bytes.
	NameAt, NameLen int
	At              int64 // offset in the log of the words that matched; far from Offset where the line is very long
}

// PatchLog is what a scan of OBPatch.log found.
type PatchLog struct {
	Encoding Encoding // of the log's start
	Size     int64
	Lines    int64
	Sessions int
	Last     Session // zero when there is no header
	Blank    bool    // nothing in the whole log but white space and NUL
	// Warnings counts the lines of the four warnings with an acceptable name.
	Warnings int64
	// Named holds the last warning of every accepted name, newest first (compared without case), at most MaxNamed.
	Named []Warning
	// Suspicious holds warnings whose name is not acceptable, newest first, at most MaxNamed; SuspiciousCount counts
	// all.
	Suspicious      []Warning
	SuspiciousCount int64
	// Patches holds the last line of every lost patch, newest first (compared without case), at most MaxNamed.
	Patches []Warning
	// LastSession is how the last session ended.
	LastSession Outcome
	// Through are the offsets of the results of sessions before LastSession that went through, or of engines within
	// them, in their order; of many the last maxThrough.
	Through []int64
}

// Outcome is how one session ended.
type Outcome struct {
	Warnings int64 // of the four, acceptable or not, and lost patches
	Patches  int64 // the lost patches among them
	Code     int   // of the last "MainEngineThread is returning N"
	HasCode  bool
	CodeAt   int64 // offset in the log of those words
	// ClientAt is where the line begins that tells it if that is the client's engine's, and not the server's: behind
	// that nothing of a session comes, whatever ran within it. 0 where it is not.
	ClientAt int64
	// first line that tells of a lost source: a failure to resolve one, or 1612, 1635, 1706 or 1714 as a result; zero
	// when none
	Error Line
}

// MaxSize is how large a log may be, in bytes: verbose logs of large products have some hundred MB. Anybody can make a
// sparse file that claims to be larger and takes no room on the disk, so a larger log is not searched at all
// (ErrTooLarge).
const MaxSize = 8 << 30

// ErrTooLarge is the cause of an error for a log beyond MaxSize.
var ErrTooLarge = errors.New("it is larger than 8 GB, and no log is")

// MaxNamed bounds what a scan keeps, so that a hostile log cannot make it grow.
const MaxNamed = 256

// PatchOptions tells ScanPatch where to look and what is acceptable.
type PatchOptions struct {
	// From is the byte at which the new part begins: words before it do not count. The encoding is still found at the
	// file's start, and lines are counted from there.
	From int64
	// Windows are the acceptable names of the Windows folder, the path after the drive letter ("Windows", "WINNT").
	Windows []string
	// Progress, if set, is told the bytes done from time to time.
	Progress func(done int64)
}

// FolderLine is a line of the set-up log that names the extraction folder.
type FolderLine struct {
	Line
	PID    int       // of the writer, 0 when unreadable (hexadecimal in the log)
	Stamp  string    // as logged, "08/04 13:16:29.206"
	When   time.Time // with the year found; zero when the stamp is unreadable
	Raw    string    // the text after the colon, without what a copy or a log collector has added behind it
	Folder string    // cleaned, if it is acceptable; empty otherwise
	New    bool      // the words stand beyond SetupOptions.Since
	// NameAt and NameLen mark the folder within Text, in bytes.
	NameAt, NameLen int
	At              int64 // offset in the log of the words that matched

	broken string // the folder, where it goes on in the next line
}

// SetupLog is what a scan of OBInstaller0Curr.errlog found.
type SetupLog struct {
	Encoding Encoding
	Size     int64
	Lines    int64
	Blank    bool
	// Folders holds the acceptable lines, the one that counts first, at most MaxNamed.
	Folders []FolderLine
	// Suspicious holds lines whose folder is not acceptable, best first, at most MaxNamed.
	Suspicious []FolderLine

	reached *reached // where a scan of the same log goes on once it has grown
}

// SetupOptions tells ScanSetup what it cannot know from the bytes.
type SetupOptions struct {
	// Written is the file's time written, or now if the file is live and that is later: the year of the stamps.
	Written time.Time
	// Since is the length of the log before the installer was started; lines beyond it beat all earlier ones. -1: not
	// known, the stamps alone decide.
	Since int64
	// After is what an earlier scan found of the same file, which has only grown since; what it has read is not read
	// again. Zero: there was none.
	After    SetupLog
	Progress func(done int64)
}
