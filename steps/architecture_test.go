package steps_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is which packages of marsfix each package may import: imports point one way.
var mayImport = map[string][]string{
	".":                         {"ui", "steps", "steps/offline", "steps/practice", "steps/winmachine"},
	"logscan":                   {},
	"ui":                        {"steps", "logscan", "ui/mute"},
	"ui/mute":                   {},
	"steps":                     {"logscan", "steps/disk", "steps/msi", "steps/redact"},
	"steps/disk":                {},
	"steps/disk/disktest":       {"steps/disk"},
	"steps/msi":                 {},
	"steps/offline":             {"steps", "steps/disk"},
	"steps/practice":            {"steps", "steps/disk", "steps/msi"},
	"steps/redact":              {},
	"steps/winmachine":          {"steps", "steps/disk"},
	"steps/winmachine/winetest": {},
}

// onlyUnder is where an outside package may be imported, by the beginning of its path.
var onlyUnder = map[string][]string{
	"github.com/charmbracelet/bubbletea": {"ui"},
	"github.com/charmbracelet/bubbles":   {"ui"},
	"github.com/charmbracelet/lipgloss":  {"ui"},
	"golang.org/x/sys":                   {"steps/winmachine", "steps/disk"},
	"os/exec":                            {"steps/winmachine"},
	"net":                                {},
}

// TestImportsPointOneWay reads every source file that is part of the program, for every system.
func TestImportsPointOneWay(t *testing.T) {
	fset := token.NewFileSet()
	read := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "winetest" || strings.HasPrefix(d.Name(), ".") && name != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, filepath.Join("..", name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if file.Name.Name == "main" && path.Dir(name) != "." {
			return nil // a program of its own: a generator
		}
		read++
		for _, im := range file.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			checkImport(t, name, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 50 {
		t.Fatalf("read %d files only", read)
	}
}

func checkImport(t *testing.T, name, imported string) {
	t.Helper()
	in := path.Dir(name)
	if own, ok := strings.CutPrefix(imported, "marsfix/"); ok {
		allowed, known := mayImport[in]
		if !known {
			t.Errorf("%s: package %s has no place in the layout", name, in)
		}
		if !slices.Contains(allowed, own) {
			t.Errorf("%s imports %s", name, imported)
		}
	}
	for outside, places := range onlyUnder {
		if imported != outside && !strings.HasPrefix(imported, outside+"/") {
			continue
		}
		if !slices.ContainsFunc(places, func(p string) bool { return in == p || strings.HasPrefix(in, p+"/") }) {
			t.Errorf("%s imports %s", name, imported)
		}
	}
}

// TestTopLevelIsAsDrawn keeps the top level small enough to be understood at a glance.
func TestTopLevelIsAsDrawn(t *testing.T) {
	allowed := []string{"go.mod", "go.sum", "logscan", "main.go", "README.md", "LICENSE", "steps", "ui"}
	names, err := fs.Glob(os.DirFS(".."), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		built := strings.HasSuffix(n, ".exe") || strings.HasSuffix(n, ".syso") || n == "marsfix" || strings.HasSuffix(n, ".test")
		if !strings.HasPrefix(n, ".") && !strings.HasSuffix(n, "_test.go") && !built && !slices.Contains(allowed, n) {
			t.Errorf("%s does not belong at the top level", n)
		}
	}
}
