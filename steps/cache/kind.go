package cache

import (
	"errors"
	"io"
	"strings"

	"marsfix/steps/msi"
)

// Kind is which of the two kinds of files Windows Installer keeps in its cache.
type Kind uint8

const (
	KindPackage Kind = iota // .msi: known by its package code
	KindPatch               // .msp: known by its patch code
)

// Suffix is what a name of the cache ends with.
func (k Kind) Suffix() string {
	if k == KindPatch {
		return ".msp"
	}
	return ".msi"
}

func (k Kind) String() string {
	if k == KindPatch {
		return "patch"
	}
	return "package"
}

// KindOf goes by the path's ending: a package unless it is .msp.
func KindOf(path string) Kind {
	if strings.HasSuffix(strings.ToLower(path), KindPatch.Suffix()) {
		return KindPatch
	}
	return KindPackage
}

// identify reads from a file's own tables what it is: a package's identity, or a patch's code and the products that it
// is for.
func (k Kind) identify(r io.ReaderAt, size int64) (id msi.Identity, patch msi.Patch, err error) {
	if k == KindPatch {
		patch, err = msi.ReadPatch(r, size)
		return id, patch, err
	}
	id, err = msi.Read(r, size)
	return id, patch, err
}

// otherKind reports whether an error says that the file is of the other kind, by its class id.
func otherKind(err error) bool {
	return errors.Is(err, msi.ErrNotPatch) || errors.Is(err, msi.ErrNotPackage)
}

// Code is what Windows Installer knows the file by: its package code, or its patch code.
func (p Package) Code() string {
	if p.Kind == KindPatch {
		return p.Patch.Code
	}
	return p.Identity.PackageCode
}

// Signed reports whether the file bears a signature, of whatever worth. Without one there is nothing to check.
func (p Package) Signed() bool { return p.Identity.Signed || p.Patch.Signed }

// codeOf is Code of a file just read.
func (k Kind) codeOf(r io.ReaderAt, size int64) (string, error) {
	id, patch, err := k.identify(r, size)
	return Package{Kind: k, Identity: id, Patch: patch}.Code(), err
}
