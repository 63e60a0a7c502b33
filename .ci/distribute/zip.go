package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// zip packs a program under the name marsfix.exe, with README and notices.
func (r release) zip(program, name string, notices []byte) error {
	exe, err1 := os.ReadFile(filepath.Join(r.to, program))
	readme, err2 := os.ReadFile(filepath.Join(r.from, "README.md"))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, f := range []struct {
		name    string
		content []byte
	}{{"marsfix.exe", exe}, {"README.md", readme}, {"THIRD-PARTY-NOTICES.txt", notices}} {
		into, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: r.at})
		if err != nil {
			return err
		}
		if _, err := into.Write(f.content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return r.write(name, packed.Bytes())
}
