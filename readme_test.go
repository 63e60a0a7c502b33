package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"marsfix/steps/practice"
)

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	code = regexp.MustCompile("(?ms)^```\\w*$(.*?)^```$|`([^`]+)`")
	// command is marsfix with its arguments where it is run: at the beginning of a line, behind a prompt, as a program of PowerShell, and
	// in a list of Ansible's. Its end is the line's, or what the shell takes for itself.
	command = regexp.MustCompile(`(?m)(?:^(?:\$ )?(?:\./)?marsfix(?:\.exe)?|& '[^']*\\marsfix\.exe'|\[[^\],]*\bmarsfix,)((?: [^<)\]\n]*)?)(?:$|[<)\]])`)
	flagged = regexp.MustCompile(`(?:^|[\s(])(--[a-z][a-z-]+)`)
)

// commands are the command lines of marsfix that README shows, as arguments.
func commands(t *testing.T) [][]string {
	t.Helper()
	var found [][]string
	for _, block := range code.FindAllStringSubmatch(readme(t), -1) {
		for _, m := range command.FindAllStringSubmatch(block[1]+block[2], -1) {
			found = append(found, strings.FieldsFunc(m[1], func(r rune) bool { return r == ' ' || r == ',' }))
		}
	}
	return found
}

// Every command line that README shows is one that the parser takes.
func TestReadmeCommandsAreThoseOfTheProgram(t *testing.T) {
	shown := map[string]bool{}
	for _, args := range commands(t) {
		parser, err := kong.New(&commandLine{}, kong.Name("marsfix"), kong.Exit(func(int) {}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(args); err != nil {
			t.Errorf("marsfix %s: %v", strings.Join(args, " "), err)
		}
		shown[strings.Join(args, " ")] = true
	}
	for _, want := range []string{"", "practice", "diagnose", "undo", "bundle", "diagnose --line", "diagnose --json --root /tmp/ill/C", "practice --keep /tmp/ill"} {
		if !shown[want] {
			t.Errorf("marsfix %s is not shown, or was not found: %v", want, shown)
		}
	}
}

// Every flag of the parser is told of, and no other one of marsfix's.
func TestReadmeFlagsAreThoseOfTheProgram(t *testing.T) {
	parser, err := kong.New(&commandLine{}, kong.Name("marsfix"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, n := range append([]*kong.Node{parser.Model.Node}, parser.Model.Children...) {
		for _, f := range n.Flags {
			known["--"+f.Name] = false
		}
	}
	for _, block := range code.FindAllStringSubmatch(readme(t), -1) {
		for _, m := range flagged.FindAllStringSubmatch(block[1]+block[2], -1) {
			if _, ok := known[m[1]]; !ok {
				t.Errorf("%s is no flag", m[1])
			}
			known[m[1]] = true
		}
	}
	for name, told := range known {
		if !told {
			t.Errorf("%s is not told of", name)
		}
	}
}

// The scenarios are those of the program, in its order.
func TestReadmeScenariosAreThoseOfTheProgram(t *testing.T) {
	_, table, _ := strings.Cut(readme(t), "### Scenarios of the practice computer")
	table, _, _ = strings.Cut(table, "\n## ")
	var told, want []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(table, -1) {
		told = append(told, m[1])
	}
	for _, s := range practice.Scenarios() {
		want = append(want, s.Name)
	}
	if !slices.Equal(told, want) {
		t.Errorf("README has %v, the program %v", told, want)
	}
}

// What README points to is there, and the playbook knows the variables that README gives it.
func TestReadmePointsToWhatIsThere(t *testing.T) {
	text := readme(t)
	paths := regexp.MustCompile(`\]\(([^)#:]+)\)|(?m:(?:^|[\s(\x60])(\.ci/[\w./-]+))`).FindAllStringSubmatch(text, -1)
	if len(paths) < 10 {
		t.Fatalf("found only %v", paths)
	}
	for _, m := range paths {
		if _, err := os.Stat(filepath.FromSlash(m[1] + m[2])); err != nil {
			t.Error(err)
		}
	}
	playbook, err := os.ReadFile(".ci/ansible/diagnose.yml")
	if err != nil {
		t.Fatal(err)
	}
	variables := regexp.MustCompile(`\bmarsfix_[a-z]+`).FindAllString(text, -1)
	if len(variables) < 4 {
		t.Fatalf("found only %v", variables)
	}
	for _, v := range variables {
		if !strings.Contains(string(playbook), "#   "+v+" ") {
			t.Errorf("the playbook does not tell of %s", v)
		}
	}
}
