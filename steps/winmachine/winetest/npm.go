package winetest

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// EnvScratch is set for tests on a computer that was made for them: they may install, break and remove what they like
// there.
const EnvScratch = "MARSFIX_SCRATCH"

// EnvBuilt tells tests for Windows where marsfix.exe and standin.exe lie that were built for them: there may be no Go.
const EnvBuilt = "MARSFIX_BUILT"

// EnvSigned tells tests for Windows where the files of [Signed] lie.
const EnvSigned = "MARSFIX_SIGNED"

// Files of npm packages that real vendors have signed, by what [Signed] calls them.
const (
	ByMicrosoft     = "conpty.dll"
	ByMicrosoftToo  = "msalruntime.dll"
	ByAnotherVendor = "SumatraPDF.exe"
)

// signed says where they are from. The integrity is the registry's, as npm view PACKAGE@VERSION dist.integrity prints
// it.
var signed = []struct{ name, pkg, integrity, entry string }{
	{ByMicrosoft, "node-pty@1.1.0",
		"sha512-20JqtutY6JPXTUnL0ij1uad7Qe1baT46lyolh2sSENDd4sTzKZ4nmAFkeAARDKwmlLjPx6XKRlwRUxwjOy+lUg==",
		"package/prebuilds/win32-x64/conpty/conpty.dll"},
	{ByMicrosoftToo, "@azure/msal-node-runtime@0.20.6",
		"sha512-89Al7l5c8sOEA954d35WZOg1sCa2WKfgf7KyTbN9vIkKsoZrXdJ5+CPjy8+tQqWcsJTAMbQD4OWr7V09/xN8KA==",
		"package/dist/windows/x64/msalruntime.dll"},
	{ByAnotherVendor, "pdf-to-printer@5.8.1",
		"sha512-bVMrGbBiVw8G/z0b28DhMguoJa8rqbVcbfLtpQzGUJ7eaq188JA2AxsFeuFQwWxAvMCa1Hyh8vXc2QybQVrPrw==",
		"package/dist/SumatraPDF-3.4.6-32.exe"},
}

// Signed fetches the files into a folder, by npm from the registry that it is set up for: nothing of them is kept with
// the sources, and nothing of them is run. The error is exec.ErrNotFound where there is no npm.
func Signed(dir string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return err
	}
	for _, s := range signed {
		into, err := os.MkdirTemp(dir, "package")
		if err != nil {
			return err
		}
		pack := exec.Command(npm, "pack", "--silent", "--ignore-scripts", s.pkg)
		pack.Dir = into
		if out, err := pack.CombinedOutput(); err != nil {
			return fmt.Errorf("npm pack %s: %w\n%s", s.pkg, err, out)
		}
		archives, err := filepath.Glob(filepath.Join(into, "*.tgz"))
		if err != nil || len(archives) != 1 {
			return fmt.Errorf("npm pack %s left %q, %v", s.pkg, archives, err)
		}
		if err := unpack(archives[0], s.integrity, s.entry, filepath.Join(dir, s.name)); err != nil {
			return fmt.Errorf("%s: %w", s.pkg, err)
		}
	}
	return nil
}

// unpack checks an archive and takes one file out of it.
func unpack(archive, integrity, entry, to string) error {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha512.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if got := "sha512-" + base64.StdEncoding.EncodeToString(hash.Sum(nil)); got != integrity {
		return fmt.Errorf("its integrity is %s, want %s", got, integrity)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	plain, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	for in := tar.NewReader(plain); ; {
		h, err := in.Next()
		if err != nil {
			return fmt.Errorf("%s: %w", entry, err)
		}
		if h.Name != entry {
			continue
		}
		out, err := os.Create(to)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		return errors.Join(err, out.Close())
	}
}
