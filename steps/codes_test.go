package steps_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"marsfix/steps/diagnose"
)

const codesFile = "steps/screen/codes.go"

// listedCodes is the one list of codes: the constants by name.
func listedCodes(t *testing.T) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", codesFile), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes[spec.Names[0].Name] = value
		}
		return true
	})
	if len(codes) < 50 {
		t.Fatalf("read %d codes only", len(codes))
	}
	return codes
}

// TestCodesStandInOneList holds that every code of a problem is written down once, in codes.go, and that none there is
// of no use.
func TestCodesStandInOneList(t *testing.T) {
	codes := listedCodes(t)
	used := map[string]bool{}
	eachSource(t, parser.SkipObjectResolution, func(name string, fset *token.FileSet, file *ast.File) {
		if filepath.ToSlash(name) == codesFile || strings.HasSuffix(filepath.Dir(name), "test") { // the tests' own rigs
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				used[n.Sel.Name] = true
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
					wantNoLiteral(t, fset, n.Value)
				}
			case *ast.BinaryExpr:
				if isCode(n.X) {
					wantNoLiteral(t, fset, n.Y)
				}
			case *ast.SwitchStmt:
				for _, c := range n.Body.List {
					for _, e := range c.(*ast.CaseClause).List {
						if n.Tag != nil && isCode(n.Tag) {
							wantNoLiteral(t, fset, e)
						}
					}
				}
			case *ast.CallExpr:
				if to, ok := n.Fun.(*ast.SelectorExpr); ok && to.Sel.Name == "Code" && len(n.Args) == 1 {
					wantNoLiteral(t, fset, n.Args[0])
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if isCode(left) && len(n.Lhs) == len(n.Rhs) {
						wantNoLiteral(t, fset, n.Rhs[i])
					}
				}
			}
			return true
		})
	})
	for name, value := range codes {
		if !used[name] {
			t.Errorf("no problem has the code %s (%s)", value, name)
		}
	}
}

func isCode(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Code"
}

func wantNoLiteral(t *testing.T, fset *token.FileSet, e ast.Expr) {
	t.Helper()
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING && lit.Value != `""` {
		t.Errorf("%s has a code that is not in %s: %s", fset.Position(e.Pos()), codesFile, lit.Value)
	}
}

// sorted are the codes themselves, each of which names one thing.
func sorted(t *testing.T, codes map[string]string) (values []string) {
	t.Helper()
	for name, value := range codes {
		if slices.Contains(values, value) {
			t.Errorf("%s is a second name of %s", name, value)
		}
		values = append(values, value)
	}
	slices.Sort(values)
	return values
}

// TestCodesArePublishedWhole holds the schema and the README against the list.
func TestCodesArePublishedWhole(t *testing.T) {
	want := sorted(t, listedCodes(t))
	var schema struct {
		Properties struct {
			Problems struct {
				Items struct {
					Properties struct {
						Code struct{ Enum []string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(diagnose.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	if got := schema.Properties.Problems.Items.Properties.Code.Enum; !slices.Equal(got, want) {
		t.Errorf("the schema lists\n%q, want\n%q", got, want)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "| problems about | code |\n")
	table, _, ended := strings.Cut(rest, "\n\n")
	if !found || !ended {
		t.Fatal("README has no table of codes")
	}
	var got []string
	for _, m := range regexp.MustCompile("`([a-z0-9-]+)`").FindAllStringSubmatch(table, -1) {
		got = append(got, m[1])
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("README lists\n%q, want\n%q", got, want)
	}
}
