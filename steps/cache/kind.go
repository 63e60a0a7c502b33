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

// KindOf is the kind that a path's name tells: a package unless it ends with .msp.
func KindOf(path string) Kind {
	if strings.HasSuffix(strings.ToLower(path), KindPatch.Suffix()) {
		return KindPatch
	}
	return KindPackage
}

// identify reads what a file says of itself. What a patch has is its code, and the products that it is for.
func (k Kind) identify(r io.ReaderAt, size int64) (id msi.Identity, patch msi.Patch, err error) {
	if k == KindPatch {
		patch, err = msi.ReadPatch(r, size)
		return id, patch, err
	}
	id, err = msi.Read(r, size)
	return id, patch, err
}

// otherKind reports whether a file was read by its class id as the kind that it is not.
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

// codeOf is Code of a file just read.
func (k Kind) codeOf(r io.ReaderAt, size int64) (string, error) {
	id, patch, err := k.identify(r, size)
	return Package{Kind: k, Identity: id, Patch: patch}.Code(), err
}
