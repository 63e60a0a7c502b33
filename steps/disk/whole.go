package disk

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Place is where a file can be written whole: a disk, or a private folder, in which names stand for paths.
type Place interface {
	Create(path string) (NewFile, error)
	Rename(from, to string, same ID) error
	Remove(path string, same ID) error
}

// WriteWhole writes a file so that its name never stands for half of it: under another name in the same folder,
// flushed, and then renamed without replacing anything. After a failure nothing of it is left; where even that fails,
// the error says what is.
func WriteWhole(d Place, path string, fill func(io.Writer) error) (ID, error) {
	temp := SiblingName(path)
	file, err := d.Create(temp)
	if err != nil {
		return ID{}, err
	}
	info, err := file.Info()
	if err == nil {
		err = fill(file)
	}
	if err == nil {
		err = file.Sync()
	}
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = d.Rename(temp, path, info.ID)
	}
	if err == nil {
		return info.ID, nil
	}
	if rerr := d.Remove(temp, info.ID); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
		err = &CleanupError{Err: err, Remove: rerr}
	}
	return ID{}, err
}

// CleanupError is a failure after which a file could not be removed; remove names it.
type CleanupError struct{ Err, Remove error }

func (e *CleanupError) Unwrap() error { return e.Err }

func (e *CleanupError) Error() string {
	path := "a file"
	if at := (*fs.PathError)(nil); errors.As(e.Remove, &at) {
		path = at.Path
	}
	return fmt.Sprintf("%v; \"%s\" could not be removed: %v", Cause(e.Err), path, Cause(e.Remove))
}

// WholeCause is why a file could not be written, without its path.
func WholeCause(err error) error {
	if left := (*CleanupError)(nil); errors.As(err, &left) {
		return left
	}
	return Cause(err)
}

// SiblingName is a name in the same folder that nobody else has, whichever way the system's paths are written.
func SiblingName(path string) string {
	i := strings.LastIndexAny(path, `/\`) + 1
	return path[:i] + LeftoverPrefix + RandomName() + ".part"
}

// BytesTo is a fill for WriteWhole that writes bytes at hand.
func BytesTo(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

// LeftoverPrefix begins the name of a copy that has not got its own name yet.
const LeftoverPrefix = "marsfix-"

// RandomName is sixteen hex digits that nobody can guess.
func RandomName() string {
	var b [8]byte
	rand.Read(b[:]) // never fails: the runtime ends the program instead
	return hex.EncodeToString(b[:])
}

// IsRandomName reports whether a name is one that RandomName gives: what bears another is not marsfix's to remove.
func IsRandomName(name string) bool {
	return len(name) == 16 && strings.Trim(name, "0123456789abcdef") == ""
}
