// Package msi reads the identity of a Windows Installer package or patch from its bytes, on every system. It must never
// need Windows, nor open a file itself.
//
// The bytes may come from anybody: what a file claims is believed only as far as the file goes, memory is bounded
// whatever it claims, and every flaw is an error. An error says what is wrong with the file in lower case; the caller
// adds its path.
package msi

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// What can be wrong with a file, for hints. Other flaws are errors of their own words.
var (
	// nothing that Windows Installer could open
	ErrNotStorage  = errors.New("it is not a storage file")
	errTooLarge    = errors.New("it is larger than 2 GB, and no package is") // nothing of it was read
	errCutOff      = errors.New("the package is cut off")
	errNoSummary   = errors.New("the package has no summary information")
	errNoCode      = errors.New("the package has no package code")
	ErrNotPackage  = errors.New("it is not an installation package") // a patch or a transform
	ErrNotPatch    = errors.New("it is not a patch")                 // a package or a transform
	ErrNoPatchCode = errors.New("the patch has no patch code")
)

// Identity is what tells one package from another.
type Identity struct {
	// PackageCode is the Revision Number of the summary information, {UPPER-CASE-GUID}: what Windows Installer
	// compares.
	PackageCode string
	ProductCode string // property ProductCode, {…}
	Version     string // property ProductVersion
	name        string // property ProductName
	Signed      bool   // it bears a signature, of whatever worth
}

// Read reads the identity of the package in r, which is size bytes long. The package code is always there when err is
// nil; the properties are empty where the database has none. A file that is shorter than it says of itself is
// errCutOff, even where the identity could still be read.
func Read(r io.ReaderAt, size int64) (id Identity, err error) {
	defer mend(&err, func() { id = Identity{} })
	s, err := open(r, size)
	if err != nil {
		return Identity{}, err
	}
	if strings.EqualFold(s.class, patchClass) || strings.EqualFold(s.class, transformClass) {
		return Identity{}, ErrNotPackage
	}
	code, err := s.packageCode()
	if err != nil {
		return Identity{}, err
	}
	p, err := s.properties()
	if err != nil {
		return Identity{}, err
	}
	return Identity{PackageCode: code, ProductCode: p["ProductCode"], Version: p["ProductVersion"],
		name: p["ProductName"], Signed: s.signed()}, nil
}

// open opens the file as a storage, whatever it is the storage of.
func open(r io.ReaderAt, size int64) (*storage, error) {
	s, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	if err := s.checkLength(); err != nil {
		return nil, err
	}
	return s, s.readDirectory()
}

// mend makes an error of a panic. The storage reader checks what it reads, yet a file made to harm may find what it
// does not. Such a panic says that the file is broken, nothing about this program, and must not take the walk down.
func mend(err *error, forget func()) {
	if p := recover(); p != nil {
		forget()
		*err = fmt.Errorf("the storage cannot be followed (%v)", p)
	}
}
