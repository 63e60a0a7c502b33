package disk

import (
	"errors"
	"io"
	"os"
)

// handle is an opened file whose errors carry the path as asked for and this package's causes.
type handle struct {
	f    *os.File
	path string
}

func (h handle) Path() string { return h.path }

func (h handle) Close() error { return fail("close", h.path, h.f.Close()) }

func (h handle) Info() (Info, error) {
	info, err := infoOf(h.f)
	info.Path = h.path
	return info, fail("stat", h.path, err)
}

// opened is a file opened for reading.
type opened struct{ handle }

func (o opened) ReadAt(p []byte, off int64) (int, error) {
	n, err := o.f.ReadAt(p, off)
	return n, fail("read", o.path, err)
}

func (o opened) Fd() uintptr { return o.f.Fd() }

var _ Handler = opened{}

// written is a file being written.
type written struct{ handle }

func (w written) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	return n, fail("write", w.path, err)
}

// Sync returns when the system says that the bytes are on the disk.
func (w written) Sync() error { return fail("sync", w.path, w.f.Sync()) }

// closeAnd closes what is in the way of reporting err; a failure to close is told as well.
func closeAnd(err error, c io.Closer) error {
	if closing := c.Close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}
