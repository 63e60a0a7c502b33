//go:build linux

package winetest_test

import (
	"debug/pe"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// system32 are the DLLs that marsfix.exe may import: Windows maps them from System32 before the program's first
// instruction, whatever lies beside it, since they are among its KnownDLLs.
// https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order
var system32 = []string{"kernel32.dll"}

func TestReleaseImportsOnlySystemDLLs(t *testing.T) {
	f, err := pe.Open(ready(t, released))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	symbols, err := f.ImportedSymbols()
	if err != nil || len(symbols) == 0 {
		t.Fatalf("it imports %q, %v", symbols, err)
	}
	for _, symbol := range symbols {
		if _, dll, _ := strings.Cut(symbol, ":"); !slices.Contains(system32, strings.ToLower(dll)) {
			t.Errorf("it imports %s", symbol)
		}
	}
	header, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok {
		t.Fatal("it is no 64-bit program")
	}
	for _, table := range []int{pe.IMAGE_DIRECTORY_ENTRY_BOUND_IMPORT, pe.IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT} {
		if header.DataDirectory[table].Size != 0 {
			t.Errorf("it imports DLLs by table %d as well", table)
		}
	}
}

// The first thing that main does is to restrict the search for DLLs.
func TestMainRestrictsTheDLLSearchFirst(t *testing.T) {
	data, err1 := os.ReadFile("main.go")
	source := string(data)
	file, err2 := parser.ParseFile(token.NewFileSet(), "main.go", source, 0)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	restricts := false
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" && len(f.Body.List) > 0 {
			first := f.Body.List[0]
			restricts = source[first.Pos()-1:first.End()-1] == "winmachine.RestrictDLLSearch()"
		}
	}
	if !restricts {
		t.Error("main does not begin with winmachine.RestrictDLLSearch()")
	}
}

// No package that marsfix.exe is made of loads a DLL when it is set up: that would be before main, with the folder of
// the program searched first.
func TestNoPackageLoadsADLLBeforeMain(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f",
		`{{if not .Standard}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{end}}`, ".")
	cmd.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	out, err := cmd.Output()
	files := strings.FieldsFunc(string(out), func(c rune) bool { return c == '\n' }) // a path may hold blanks
	if err != nil || len(files) < 200 {
		t.Fatalf("go list names %d files: %v", len(files), err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name != "init" {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && loadsDLL(call) {
					t.Errorf("%s loads a DLL before main", name)
				}
				return true
			})
		}
	}
}

// loadsDLL reports whether a call loads a DLL at once. (The lazy kinds do so when something is called in it.)
func loadsDLL(call *ast.CallExpr) bool {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	return slices.Contains([]string{"MustLoadDLL", "LoadDLL", "LoadLibrary", "LoadLibraryEx"}, name)
}

var dlls = forWindows("dlls.exe", "./steps/winmachine/testdata/dlls")

// knownDLLs of those that marsfix.exe comes to load: Windows takes them from System32 whatever is asked for, Wine does
// not know of that.
var knownDLLs = []string{"advapi32.dll", "combase.dll", "coml2.dll", "gdi32.dll", "imagehlp.dll", "imm32.dll",
	"kernel32.dll", "kernelbase.dll",
	"msvcrt.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "rpcrt4.dll", "sechost.dll", "shcore.dll", "shell32.dll",
	"shlwapi.dll",
	"user32.dll", "ws2_32.dll"}

// Every DLL that marsfix.exe loads on the way to step 9 lies beside it in Downloads as well, put there by somebody. A
// careless program takes those; marsfix takes none.
func TestWineLoadsNoDLLFromItsFolder(t *testing.T) {
	t.Parallel()
	p := ill(t)
	careless := downloads + "careless.exe"
	p.Put(ready(t, dlls), careless)
	var planted []string
	for _, path := range p.modules(9) {
		name := path[strings.LastIndex(path, `\`)+1:]
		if strings.HasSuffix(strings.ToLower(name), ".dll") && !slices.Contains(knownDLLs, strings.ToLower(name)) {
			p.Write(downloads+name, p.Read(path))
			planted = append(planted, name)
		}
	}
	taken := p.MustRun(careless, append([]string{"load"}, planted...)...)
	has(t, taken, downloads+"msi.dll", downloads+"wintrust.dll", downloads+"version.dll", downloads+"crypt32.dll")
	p.again(9)
	for _, path := range p.modules(9) {
		if !strings.HasPrefix(strings.ToLower(path), `c:\windows\system32\`) && path != theProgram {
			t.Errorf("it has loaded %s", path)
		}
	}
}

// modules are the paths of all that marsfix has loaded when a walk has come to a step. The walk is left there.
func (p *patient) modules(n int) (paths []string) {
	p.t.Helper()
	w := p.walk()
	w.arrive(n)
	for line := range strings.Lines(p.MustRun(ready(p.t, dlls), "of", "marsfix.exe")) {
		paths = append(paths, strings.TrimSpace(line))
	}
	w.Insist()
	w.ends(leftCode(n))
	return paths
}
