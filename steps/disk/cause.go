package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// cause joins one of this package's causes with the system's own error, so that both answer errors.Is and both are
// read.
type cause struct{ kind, system error }

func (c cause) Error() string { return c.kind.Error() + " (" + c.system.Error() + ")" }

func (c cause) Unwrap() []error { return []error{c.kind, c.system} }

// fail names the path as the caller gave it and puts this package's cause before the system's error. nil and io.EOF
// pass.
func fail(op, path string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	err = bare(err)
	if kind := kindOf(err); kind != nil && !errors.Is(err, kind) {
		err = cause{kind, err}
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}

// Fail is err as this package tells its own: for who asks the system for something about a file by another call.
func Fail(op, path string, err error) error { return fail(op, path, err) }

// bare takes the wrappings of package os off, whose paths are not the caller's.
func bare(err error) error {
	for {
		switch e := err.(type) {
		case *fs.PathError:
			err = e.Err
		case *os.LinkError:
			err = e.Err
		case *os.SyscallError:
			err = e.Err
		default:
			return err
		}
	}
}

// Cause is the innermost text of a path error: the path is told once, by the message itself.
func Cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
