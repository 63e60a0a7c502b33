// Command distribute makes what is published beside marsfix.exe: zips, third-party notices, sums and a winget manifest.
// The same programs and the same time come to the same bytes. It must never fetch anything.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// release is what is published, and where.
type release struct {
	version string    // 1.2.3
	url     string    // of the folder that the files can be fetched from
	at      time.Time // of the commit, which every file in a zip bears
	from    string    // the folder of the checkout
	to      string
}

// programs are marsfix.exe by architecture, as Go and as winget call them.
var programs = []struct{ arch, winget, file string }{
	{"amd64", "x64", "marsfix.exe"},
	{"arm64", "arm64", "marsfix-arm64.exe"},
}

func main() {
	var r release
	unix := flag.Int64("time", 0, "seconds since 1970 of the commit")
	flag.StringVar(&r.version, "version", "", "1.2.3")
	flag.StringVar(&r.url, "url", "", "where the files will lie")
	flag.StringVar(&r.from, "from", ".", "the checkout, with the built programs")
	flag.StringVar(&r.to, "to", "dist", "the folder to fill")
	flag.Parse()
	r.at = time.Unix(*unix, 0).UTC()
	if err := r.make(); err != nil {
		fmt.Fprintln(os.Stderr, "distribute:", err)
		os.Exit(1)
	}
}

func (r release) make() error {
	notices, err := notices()
	if err != nil {
		return err
	}
	if err := r.write("THIRD-PARTY-NOTICES.txt", notices); err != nil {
		return err
	}
	for _, p := range programs {
		if err := r.zip(p.file, r.zipName(p.arch), notices); err != nil {
			return err
		}
	}
	detect, err := os.ReadFile(filepath.Join(r.from, ".ci", "intune", "detect-marsfix.ps1"))
	return errors.Join(err, r.write("detect-marsfix.ps1", detect), r.winget(), r.sums())
}

func (r release) zipName(arch string) string {
	return "marsfix-" + r.version + "-windows-" + arch + ".zip"
}

func (r release) write(name string, content []byte) error {
	path := filepath.Join(r.to, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
