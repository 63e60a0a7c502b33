package steps_test

import (
	"go/ast"
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

// floors are the packages of marsfix from the ground up: each may import only what stands below its own floor, so that
// data flows one way (computer, facts, session, screen) and nobody has to look up to understand a package.
var floors = [][]string{
	{"logscan", "steps/disk", "steps/msi", "steps/pe", "steps/redact", "steps/report/page",
		"steps/winmachine/winetest", "ui/flags", "ui/mute"},
	{"steps/disk/disktest", "steps/screen"},
	{"steps/computer", "ui"},
	{"steps/cache", "steps/installer", "steps/journal", "steps/offline", "steps/practice", "steps/selfcheck",
		"steps/winmachine"},
	{"steps/look"},
	{"steps", "steps/report", "steps/undo"},
	{"steps/diagnose"},
	{"steps/bundle"},
	{"steps/walk"},
	{".", "steps/walk/walktest"},
}

// rigs are the packages that tests are made with: nothing of the program imports one.
var rigs = []string{"steps/disk/disktest", "steps/walk/walktest", "steps/winmachine/winetest"}

// floorOf is where a package stands; false for one that has no place.
func floorOf(pkg string) (int, bool) {
	at := slices.IndexFunc(floors, func(on []string) bool { return slices.Contains(on, pkg) })
	return at, at >= 0
}

// onlyUnder is where an outside package may be imported, by the beginning of its path.
var onlyUnder = map[string][]string{
	"github.com/charmbracelet/bubbletea": {"ui"},
	"github.com/charmbracelet/bubbles":   {"ui"},
	"github.com/charmbracelet/lipgloss":  {"ui"},
	"golang.org/x/sys":                   {"steps/winmachine", "steps/disk"},
	"os/exec":                            {"steps/winmachine"},
	"net":                                {},
	// Templates find methods by name, so the linker would keep every method of the program: 1.6 MB.
	"html/template": {},
	"text/template": {},
}

// TestImportsPointOneWay reads every source file that is part of the program, for every system.
func TestImportsPointOneWay(t *testing.T) {
	eachSource(t, parser.ImportsOnly, func(name string, _ *token.FileSet, file *ast.File) {
		for _, im := range file.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			checkImport(t, name, p)
		}
	})
}

// TestNoTextDoublesThePathsOfWindows holds that nothing shown is quoted as Go quotes: each backslash would stand there
// twice, and what cannot be read back cannot be typed. Texts clean what they quote instead.
func TestNoTextDoublesThePathsOfWindows(t *testing.T) {
	eachSource(t, parser.SkipObjectResolution, func(name string, fset *token.FileSet, file *ast.File) {
		if slices.Contains(rigs, path.Dir(name)) {
			return // shown to nobody but us
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if n.Kind == token.STRING && strings.Contains(n.Value, "%q") {
					t.Errorf("%s quotes as Go does: %s", fset.Position(n.Pos()), n.Value)
				}
			case *ast.SelectorExpr:
				if on, ok := n.X.(*ast.Ident); ok && on.Name == "strconv" && strings.Contains(n.Sel.Name, "Quote") {
					t.Errorf("%s quotes as Go does: strconv.%s", fset.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	})
}

// eachSource parses every source file that is part of the program, for every system.
func eachSource(t *testing.T, mode parser.Mode, do func(name string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	fset := token.NewFileSet()
	read := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "winetest" || strings.HasPrefix(d.Name(), ".") &&
			name != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, filepath.Join("..", name), nil, mode)
		if err != nil {
			return err
		}
		if file.Name.Name == "main" && path.Dir(name) != "." {
			return nil // a program of its own: a generator
		}
		read++
		do(name, fset, file)
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
		above, known := floorOf(in)
		below, other := floorOf(own)
		if !known || !other {
			t.Errorf("%s: %s or %s has no place in the layout", name, in, own)
		}
		if below >= above {
			t.Errorf("%s imports %s, which does not stand on a lower floor", name, imported)
		}
		if slices.Contains(rigs, own) && !slices.Contains(rigs, in) {
			t.Errorf("%s imports %s, which is for tests", name, imported)
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
	allowed := []string{"README.md", "go.mod", "go.sum", "logscan", "main.go", "main_test.go", "steps", "ui"}
	names, err := fs.Glob(os.DirFS(".."), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		built := strings.HasSuffix(n, ".exe") || strings.HasSuffix(n, ".syso") || n == "marsfix" || n == "dist" ||
			strings.HasSuffix(n, ".test")
		if !strings.HasPrefix(n, ".") && !built && !slices.Contains(allowed, n) {
			t.Errorf("%s does not belong at the top level", n)
		}
	}
	program, err := os.ReadFile(filepath.Join("..", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(program), "\n"); n > 300 {
		t.Errorf("main.go has %d lines: it is flags, one call a command, and exit codes", n)
	}
}
