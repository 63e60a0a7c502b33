//go:build linux

package winetest_test

import (
	"go/ast"
	gobuild "go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// Tests for Windows only are built from files that are found by their names and run under Wine by theirs: another name
// would be a test that never runs, and nobody would notice.
func TestTestsForWindowsAreNamedSo(t *testing.T) {
	for name, file := range testFiles(t) {
		only := onlyForWindows(t, name)
		if only && !strings.HasSuffix(name, "_windows_test.go") {
			t.Errorf("%s is for Windows only and is not named …_windows_test.go", name)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv != nil || f.Name.Name == "TestMain" || !isTest(f.Name.Name) {
				continue
			}
			if only != strings.HasPrefix(f.Name.Name, "TestWindows") {
				t.Errorf("%s: %s is for Windows only: %v", name, f.Name.Name, only)
			}
		}
	}
}

func isTest(name string) bool {
	for _, kind := range []string{"Test", "Fuzz", "Example"} {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}

// testFiles are all files of tests, for whatever system.
func testFiles(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("found %d files only", len(files))
	}
	return files
}

// onlyForWindows reports whether go builds a file for Windows and not for Linux.
func onlyForWindows(t *testing.T, name string) bool {
	t.Helper()
	built := func(system string) bool {
		c := gobuild.Default
		c.GOOS = system
		ok, err := c.MatchFile(filepath.Dir(name), filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	return built("windows") && !built("linux")
}
