package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"marsfix/steps"
	"marsfix/steps/diagnose"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/ui"
	"marsfix/ui/flags"
)

func TestMain(m *testing.M) {
	// set where nothing in the usual folder can be run: programs of the tests neither
	if dir := os.Getenv("GOTMPDIR"); dir != "" {
		os.Setenv("TMPDIR", dir)
	}
	// on Windows a marsfix.exe that was built here would be run instead
	os.Setenv("NoDefaultCurrentDirectoryInExePath", "1")
	// On the practice computer of a script no time is played.
	testscript.Main(m, map[string]func(){"marsfix": func() { os.Exit(run(os.Args[1:], nil)) }})
}

// TestScripts runs the command line as people type it. The command "exits N marsfix …" holds the exact exit code.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 ".ci/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "utf16": utf16LE},
		Setup: func(env *testscript.Env) error {
			env.Setenv("TMPDIR", env.WorkDir) // what practice leaves behind is seen
			file, err := filepath.Abs("steps/msi/testdata/agent.msi")
			env.Setenv("PACKAGE", file)
			return err
		},
	})
}

// exits runs a program and compares its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", got, want, ts.ReadFile("stdout"),
			ts.ReadFile("stderr"))
	}
}

// utf16LE rewrites a file of the script as Windows Installer writes its log: UTF-16LE with a byte order mark and CRLF.
func utf16LE(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		text := strings.ReplaceAll(ts.ReadFile(name), "\n", "\r\n")
		b := bytes.NewBuffer([]byte{0xFF, 0xFE})
		for _, r := range text {
			b.Write([]byte{byte(r), byte(r >> 8)})
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), b.Bytes(), 0o644))
	}
}

// TestUsageFitsAndNamesEverything compares the text of --help with what the parser accepts.
func TestUsageFitsAndNamesEverything(t *testing.T) {
	lines := strings.Split(strings.TrimRight(ui.Usage, "\n"), "\n")
	if len(lines) > 23 {
		t.Errorf("%d lines", len(lines))
	}
	for _, ln := range lines {
		if len(ln) > 79 {
			t.Errorf("%d columns: %s", len(ln), ln)
		}
	}
	names := []string{"--help", "--version"}
	for _, c := range commandLine() {
		names = append(names, strings.TrimSpace("marsfix "+c.Name))
		for _, f := range c.Flags {
			names = append(names, "--"+f.Name)
		}
	}
	if len(names) < 20 {
		t.Fatalf("the parser knows only %v", names)
	}
	for _, name := range names {
		if !strings.Contains(ui.Usage, name) {
			t.Errorf("%s is not named", name)
		}
	}
}

// An answer that could not be printed is none: engines count by the exit code.
func TestDiagnosisThatCannotBePrinted(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "OBPatch.log")
	if err := os.WriteFile(log, []byte("nothing is wrong\r\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	shut, err := os.Open(log) // for reading
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []diagnose.Form{{}, {JSON: true}, {Line: true}} {
		c := &diagnoseFlags{Root: dir, Form: form}
		code, err := diagnosing(c).Do(&app{ctx: t.Context(), out: shut})
		if h := (screen.Hinted{}); code != codeUsage || !errors.As(err, &h) {
			t.Errorf("%+v: %d, %v", c, code, err)
		}
	}
	if err := shut.Close(); err != nil {
		t.Error(err)
	}
}

// A folder that no report can be written into is told before anything is looked at: a look that cannot be made is not
// even tried.
func TestReportFolderIsAskedForFirst(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "OBPatch.log")
	if err := os.WriteFile(log, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	c := &diagnoseFlags{Root: dir}
	if code, err := diagnosing(c).Do(&app{ctx: gone, out: os.Stdout}); code != steps.CodeLeft || err == nil {
		t.Errorf("without a report: %d, %v", code, err)
	}
	c.Report = log
	if code, err := diagnosing(c).Do(&app{ctx: gone, out: os.Stdout}); code != codeUsage ||
		!strings.Contains(fmt.Sprint(err), "the report cannot be written into") {
		t.Errorf("with one: %d, %v", code, err)
	}
}

// TestHelpOfEveryCommandFits prints the help of each command where a very wide console is claimed.
func TestHelpOfEveryCommandFits(t *testing.T) {
	t.Setenv("COLUMNS", "200")
	for _, name := range []string{"", "practice", "diagnose", "undo", "bundle"} {
		file, err := os.Create(filepath.Join(t.TempDir(), "help"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		args := append(strings.Fields(name), "--help")
		if code, err := (&app{out: file}).dispatch(args); code != 0 || err != nil {
			t.Fatalf("marsfix %v ends with %d: %v", args, code, err)
		}
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n")
		if len(lines) > 23 || len(lines) < 5 {
			t.Errorf("marsfix %v: %d lines", args, len(lines))
		}
		for _, ln := range lines {
			if len(ln) > 79 {
				t.Errorf("marsfix %v: %d columns: %s", args, len(ln), ln)
			}
		}
	}
}

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
	// invoked is marsfix with its arguments where it is run: at the beginning of a line, behind a prompt, as a program
	// of PowerShell, and in a list of Ansible's. Its end is the line's, or what the shell takes for itself.
	invoked = regexp.MustCompile(`(?m)(?:^(?:\$ )?(?:\./)?marsfix(?:\.exe)?|& '[^']*\\marsfix\.exe'|\[[^\],]*\bmarsfix,)((?: [^<)\]\n]*)?)(?:$|[<)\]])`)
	flagged = regexp.MustCompile(`(?:^|[\s(])(--[a-z][a-z-]+)`)
)

// commands are the command lines of marsfix that README shows, as arguments.
func commands(t *testing.T) [][]string {
	t.Helper()
	var found [][]string
	for _, block := range code.FindAllStringSubmatch(readme(t), -1) {
		for _, m := range invoked.FindAllStringSubmatch(block[1]+block[2], -1) {
			found = append(found, strings.FieldsFunc(m[1], func(r rune) bool { return r == ' ' || r == ',' }))
		}
	}
	return found
}

// Every command line that README shows is one that the parser takes.
func TestReadmeCommandsAreThoseOfTheProgram(t *testing.T) {
	shown := map[string]bool{}
	for _, args := range commands(t) {
		if _, _, err := flags.Parse(commandLine(), args); err != nil {
			t.Errorf("marsfix %s: %v", strings.Join(args, " "), err)
		}
		shown[strings.Join(args, " ")] = true
	}
	for _, want := range []string{"", "practice", "diagnose", "undo", "bundle", "diagnose --line",
		"diagnose --json --root /tmp/ill/C", "practice --keep /tmp/ill"} {
		if !shown[want] {
			t.Errorf("marsfix %s is not shown, or was not found: %v", want, shown)
		}
	}
}

// Every flag of the parser is told of, and no other one of marsfix's.
func TestReadmeFlagsAreThoseOfTheProgram(t *testing.T) {
	known := map[string]bool{"--help": false, "--version": false}
	for _, c := range commandLine() {
		for _, f := range c.Flags {
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

// BenchmarkCommandLine is what stands between the start of the program and the first thing that it does for a command:
// the parser is made anew for every start, so its making is on the first frame's path.
func BenchmarkCommandLine(b *testing.B) {
	out, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close() // nothing that was written to it is wanted
	a := &app{ctx: b.Context(), in: os.Stdin, out: out}
	b.ReportAllocs()
	for b.Loop() {
		if code, err := a.dispatch([]string{"practice", "--list"}); code != 0 || err != nil {
			b.Fatal(code, err)
		}
	}
}
