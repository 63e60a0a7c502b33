package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
)

// copyChunk is how much is read at a time while copying, in bytes.
const copyChunk = 1 << 20

// ReadError tells a failure of the source from one of the copy.
type ReadError struct{ Err error }

func (e *ReadError) Error() string { return e.Err.Error() }

// CopyHashed copies n bytes, tells how many it has copied, and returns their SHA-256; the hash of one chunk is taken
// while the next is read and written.
func CopyHashed(ctx context.Context, dst io.Writer, src io.ReaderAt, n int64,
	progress func(done int64)) (string, error) {
	h := sha256.New()
	c := copying{dst, src, n, make(chan []byte), make(chan []byte, 3), progress}
	for range cap(c.free) {
		c.free <- make([]byte, min(copyChunk, n))
	}
	hashed := make(chan struct{})
	go func() {
		defer close(hashed)
		for chunk := range c.chunks {
			h.Write(chunk)
			c.free <- chunk[:cap(chunk)]
		}
	}()
	err := c.run(ctx)
	close(c.chunks)
	<-hashed
	return hex.EncodeToString(h.Sum(nil)), err
}

// copying is a copy that is being made of n bytes. Its chunks go to whoever hashes them and come back free.
type copying struct {
	dst          io.Writer
	src          io.ReaderAt
	n            int64
	chunks, free chan []byte
	progress     func(done int64)
}

func (c copying) run(ctx context.Context) error {
	for at := int64(0); at < c.n; {
		if err := ctx.Err(); err != nil {
			return err
		}
		buf := (<-c.free)[:min(copyChunk, c.n-at)]
		k, err := c.src.ReadAt(buf, at)
		if k < len(buf) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return &ReadError{Err: err}
		}
		c.chunks <- buf
		if w, err := c.dst.Write(buf); err != nil {
			return err
		} else if w < len(buf) {
			return io.ErrShortWrite
		}
		at += int64(k)
		c.progress(at)
	}
	return nil
}

// maxHashed is how large a package or a program may be, in bytes. No real one is larger, and anybody can make a file
// that claims to be.
const maxHashed = 2 << 30

var errTooLarge = errors.New("it is larger than 2 GB, and no package or installer is")

// Hash is the SHA-256 of an opened file, in hex. One that is larger than a package or a program is not read.
func Hash(ctx context.Context, r io.ReaderAt, n int64, progress func(done int64)) (string, error) {
	if n > maxHashed {
		return "", errTooLarge
	}
	h := sha256.New()
	buf := make([]byte, min(256<<10, n))
	for at := int64(0); at < n; {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		k, err := r.ReadAt(buf[:min(int64(len(buf)), n-at)], at)
		h.Write(buf[:k])
		at += int64(k)
		progress(at)
		if err != nil && (err != io.EOF || at < n) {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Unreported is for work that is over too soon to be shown.
func Unreported(int64) {}
