// Package msi reads the identity of a Windows Installer package from its bytes, on every system.
package msi

import "io"

// Identity is what tells one package from another.
type Identity struct {
	// PackageCode is the Revision Number of the summary information, {UPPER-CASE-GUID}: what Windows Installer compares.
	PackageCode string
	ProductCode string // property ProductCode, {…}
	Version     string // property ProductVersion
	Name        string // property ProductName
}

// Read reads the identity of the package in r. The package code is always there when err is nil; the properties are empty
// where the database has none.
func Read(r io.ReaderAt, size int64) (Identity, error) { panic("not written") }
