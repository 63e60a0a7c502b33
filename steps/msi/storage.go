package msi

import (
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// storage is an opened compound file with its streams by name.
type storage struct {
	limit   *limited
	class   string // what it is the storage of, {…}
	streams map[string]*mscfb.File
}

// Classes of the storages of Windows Installer that are no packages: a patch and a transform.
const (
	patchClass     = "{000C1086-0000-0000-C000-000000000046}"
	transformClass = "{000C1082-0000-0000-C000-000000000046}"
)

func openStorage(r io.ReaderAt, size int64) (*storage, error) {
	limit := &limited{r: r, size: size}
	limit.allow(directoryReads, directoryBytes)
	doc, err := mscfb.New(limit)
	if err != nil {
		return nil, limit.explain(err)
	}
	s := &storage{limit, doc.ID(), map[string]*mscfb.File{}}
	for _, f := range doc.File {
		if len(f.Path) > 0 || f.FileInfo().IsDir() {
			continue // an embedded transform or patch has streams of the same names
		}
		name := f.Name
		if f.Initial < ' ' {
			name = string(rune(f.Initial)) + name // mscfb takes it off
		}
		s.streams[name] = f
	}
	return s, nil
}

// piece is how much of a stream is asked for at once: the storage reader's time grows with the square of it.
const piece = 64 << 10

// read returns a stream of at most most bytes. Memory grows with what the file really holds, not with what it claims.
func (s *storage) read(f *mscfb.File, most int64) ([]byte, error) {
	if f.Size > most {
		return nil, fmt.Errorf("a stream of the package claims %d bytes, more than any package has there", f.Size)
	}
	if f.Size > s.limit.size {
		return nil, ErrCutOff
	}
	// Every piece costs a read for each sector's number and one for each run of sectors.
	s.limit.allow(2*int(f.Size/miniSector+1)+16, 5*f.Size+1024)
	var all []byte
	buf := make([]byte, min(piece, max(f.Size, 1)))
	for int64(len(all)) < f.Size {
		n, err := f.Read(buf)
		all = append(all, buf[:n]...)
		if err != nil && (err != io.EOF || int64(len(all)) < f.Size) {
			return nil, s.limit.explain(err)
		}
	}
	return all, nil
}

// Bounds of what opening a storage may read: 131,072 entries of the directory, and the chain of 64 MiB of small streams.
// Windows Installer's own databases stay far below. They bound time, memory and the depth of the reader's recursion.
const (
	directoryReads = 1 << 20
	directoryBytes = 16 << 20
)

var errTooMuch = errors.New("the storage is larger than any package's")

// limited is a file that can be read only so often, and never beyond its end.
type limited struct {
	r     io.ReaderAt
	size  int64
	reads int
	bytes int64
	err   error // the first failure, in our words
}

func (l *limited) allow(reads int, bytes int64) { l.reads, l.bytes = reads, bytes }

func (l *limited) ReadAt(p []byte, off int64) (int, error) {
	l.reads--
	l.bytes -= int64(len(p))
	switch {
	case l.reads < 0 || l.bytes < 0:
		l.fail(errTooMuch)
	case off < 0 || off+int64(len(p)) > l.size:
		l.fail(ErrCutOff)
	}
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.r.ReadAt(p, off)
	if n == len(p) {
		return n, nil
	}
	if err == io.EOF || err == nil {
		err = ErrCutOff // it was shortened while we read
	}
	l.fail(err)
	return n, err
}

func (l *limited) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// explain prefers the reason why a read failed to what the storage reader made of it.
func (l *limited) explain(err error) error {
	if l.err != nil {
		return l.err
	}
	return fmt.Errorf("the storage cannot be followed (%w)", err)
}
