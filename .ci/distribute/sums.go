package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// sums writes the SHA-256 of what can be fetched, as sha256sum -c reads it.
func (r release) sums() error {
	entries, err := os.ReadDir(r.to)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, e := range entries {
		if e.IsDir() || e.Name() == "SHA256SUMS" {
			continue
		}
		sum, err := r.sum(e.Name())
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s  %s\n", sum, e.Name())
	}
	return r.write("SHA256SUMS", []byte(text.String()))
}

func (r release) sum(name string) (string, error) {
	content, err := os.ReadFile(filepath.Join(r.to, name))
	return fmt.Sprintf("%x", sha256.Sum256(content)), err
}
