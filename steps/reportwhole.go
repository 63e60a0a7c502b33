package steps

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"marsfix/steps/disk"
)

// place is where a file can be written whole: a disk, or a private folder, in which names stand for paths.
type place interface {
	Create(path string) (disk.NewFile, error)
	Rename(from, to string, same disk.ID) error
	Remove(path string, same disk.ID) error
}

// writeWhole writes a file so that its name never stands for half of it: under another name in the same folder, flushed, and then
// renamed without replacing anything. After a failure nothing of it is left; where even that fails, the error says what is.
func writeWhole(d place, path string, fill func(io.Writer) error) (disk.ID, error) {
	temp := siblingName(path)
	file, err := d.Create(temp)
	if err != nil {
		return disk.ID{}, err
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
		err = &leftError{err: err, remove: rerr}
	}
	return disk.ID{}, err
}

// leftError is a failure after which a file could not be removed; remove names it.
type leftError struct{ err, remove error }

func (e *leftError) Unwrap() error { return e.err }
func (e *leftError) Error() string {
	path := "a file"
	if at := (*fs.PathError)(nil); errors.As(e.remove, &at) {
		path = at.Path
	}
	return fmt.Sprintf("%v; \"%s\" could not be removed: %v", cause(e.err), path, cause(e.remove))
}

// wholeCause is why a file could not be written, without its path.
func wholeCause(err error) error {
	if left := (*leftError)(nil); errors.As(err, &left) {
		return left
	}
	return cause(err)
}

// siblingName is a name in the same folder that nobody else has, whichever way the system's paths are written.
func siblingName(path string) string {
	i := strings.LastIndexAny(path, `/\`) + 1
	return path[:i] + leftoverPrefix + randomName() + ".part"
}

func bytesTo(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}
