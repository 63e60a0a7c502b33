package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// module is one that a package of marsfix.exe comes from.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// licenceFile are the names under which licences and what belongs to them lie in a module.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)(\.(txt|md))?$`)

// unlicensed are modules without a file of the licence, and what they say of it elsewhere. Another one is an error:
// somebody has to look.
var unlicensed = map[string]string{
	"github.com/mattn/go-localereader": "This module has no licence file. Its README says: \"License: MIT. Author: Yasuhiro Matsumoto (a.k.a. mattn)\".\n",
}

// notices are the licences of all that is linked into marsfix.exe: of Go, and of every module for either architecture.
func notices() ([]byte, error) {
	root, err := output("go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	version, err := output("go", "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	all := []module{{Path: "Go, its runtime and library", Version: strings.TrimSpace(version),
		Dir: strings.TrimSpace(root)}}
	for _, p := range programs {
		linked, err := modules(p.arch)
		if err != nil {
			return nil, err
		}
		all = append(all, linked...)
	}
	slices.SortFunc(all[1:], func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	all = slices.CompactFunc(all, func(a, b module) bool { return a.Path == b.Path })
	var text bytes.Buffer
	text.WriteString("marsfix.exe contains the following software of others, each under its own licence.\n")
	for _, m := range all {
		licence, err := m.licence()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&text, "\n%s\n%s %s\n\n%s", strings.Repeat("=", 78), m.Path, m.Version, licence)
	}
	return text.Bytes(), nil
}

// modules are those that a program for Windows is linked from.
func modules(arch string) ([]module, error) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{$.Module.Path}} {{end}}{{end}}",
		".")
	cmd.Env = append(os.Environ(), "GOOS=windows", "GOARCH="+arch, "CGO_ENABLED=0")
	names, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the modules for %s: %w", arch, err)
	}
	paths := strings.Fields(string(names))
	slices.Sort(paths)
	listed, err := output("go", append([]string{"list", "-m", "-json"}, slices.Compact(paths)...)...)
	if err != nil {
		return nil, err
	}
	var all []module
	for d := json.NewDecoder(strings.NewReader(listed)); ; {
		var m module
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read the list of modules: %w", err)
		}
		all = append(all, m)
	}
}

// licence is the text of a module's licence files.
func (m module) licence() (string, error) {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
		if err != nil {
			return "", err
		}
		text.WriteString(strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n")) + "\n")
	}
	if text.Len() == 0 {
		if told, ok := unlicensed[m.Path]; ok {
			return told, nil
		}
		return "", fmt.Errorf("%s %s has no licence file in %s: find out what its licence is", m.Path, m.Version, m.Dir)
	}
	return text.String(), nil
}

func output(program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", program, strings.Join(args, " "), err)
	}
	return string(out), nil
}
