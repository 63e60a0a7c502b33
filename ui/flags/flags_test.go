package flags

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

type taken struct {
	file, dir   string
	plain, json bool
	line        bool
}

func commands(t *taken) []Command[string] {
	return []Command[string]{
		{Help: "The wizard.", Do: "wizard", Flags: []Flag{
			{Name: "file", Value: "FILE", Help: "A file.", Text: &t.file},
			{Name: "plain", Help: "Lines instead of screens.", On: &t.plain},
		}},
		{Name: "look", Help: "Look only.", Do: "look", Flags: []Flag{
			{Name: "json", Help: "One object.", On: &t.json},
			{Name: "line", Help: "One line.", On: &t.line, Against: "json"},
			{Name: "dir", Value: "DIR", Help: strings.Repeat("where it lies ", 20), Text: &t.dir},
		}},
	}
}

func TestParse(t *testing.T) {
	for line, want := range map[string]struct {
		do    string
		want  Want
		taken taken
	}{
		"":                              {"wizard", Run, taken{}},
		"--plain":                       {"wizard", Run, taken{plain: true}},
		"--plain --file x --plain":      {"wizard", Run, taken{plain: true, file: "x"}},
		"--file=x --file=y=z":           {"wizard", Run, taken{file: "y=z"}},
		"--file -":                      {"wizard", Run, taken{file: "-"}},
		"--file -x":                     {"wizard", Run, taken{file: "-x"}},
		"--file=--plain":                {"wizard", Run, taken{file: "--plain"}},
		"look":                          {"look", Run, taken{}},
		"look --json --dir C:\\a":       {"look", Run, taken{json: true, dir: `C:\a`}},
		"look --line":                   {"look", Run, taken{line: true}},
		"--help":                        {"wizard", Help, taken{}},
		"look -h":                       {"look", Help, taken{}},
		"look --json --help --bogus":    {"look", Help, taken{json: true}},
		"look --dir x --version --file": {"look", Version, taken{dir: "x"}},
		"--version":                     {"wizard", Version, taken{}},
	} {
		var got taken
		c, w, err := Parse(commands(&got), strings.Fields(line))
		if err != nil || c.Do != want.do || w != want.want || got != want.taken {
			t.Errorf("%q: %s %v %+v, %v", line, c.Do, w, got, err)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"bogus":              `"bogus" is not a command`,
		"Look":               `"Look" is not a command`,
		"--bogus":            "unknown flag --bogus",
		"--bogus=x":          "unknown flag --bogus",
		"-p":                 "unknown flag -p",
		"--json":             "unknown flag --json here: use it with look",
		"look --plain":       "unknown flag --plain here: use it with no command",
		"--plain=yes":        "--plain takes no value",
		"--file":             "--file needs a FILE",
		"--file --plain":     "--file needs a FILE",
		"--file=":            "--file needs a FILE, but its value is empty",
		"--plain x":          `unexpected argument "x"`,
		"look look":          `unexpected argument "look"`,
		"look --":            `unexpected argument "--"`,
		"look --json --line": "--json and --line cannot be used together",
		"look --line --json": "--line and --json cannot be used together",
	} {
		var got taken
		_, _, err := Parse(commands(&got), strings.Fields(line))
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", line, err, want)
		}
	}
	if _, _, err := Parse(commands(new(taken)), []string{"--file", ""}); err == nil ||
		err.Error() != "--file needs a FILE, but its value is empty" {
		t.Error(err)
	}
}

func TestUsage(t *testing.T) {
	for i, want := range []string{
		`Usage: marsfix [flags]

The wizard.

Flags:
  -h, --help         Show this help.
      --version      Print the versions of marsfix and Go, and the commit.

      --file=FILE    A file.
      --plain        Lines instead of screens.
`,
		`Usage: marsfix look [flags]

Look only.

Flags:
  -h, --help       Show this help.
      --version    Print the versions of marsfix and Go, and the commit.

      --json       One object.
      --line       One line.
      --dir=DIR    where it lies where it lies where it lies where it lies
                   where it lies where it lies where it lies where it lies
                   where it lies where it lies where it lies where it lies
                   where it lies where it lies where it lies where it lies
                   where it lies where it lies where it lies where it lies
`,
	} {
		if got := commands(new(taken))[i].Usage("marsfix"); got != want {
			t.Errorf("it is\n%s", got)
		}
	}
}

// TestPathsOfTheCommandLineAreMadeWhole: every way in which people write a path names one file, whatever folder marsfix
// goes on in.
func TestPathsOfTheCommandLineAreMadeWhole(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{"x.log": filepath.Join(here, "x.log"), `C:\Windows\Temp\x.log`: `C:\Windows\Temp\x.log`,
		`C:/logs/x`: `C:\logs\x`, `C:\a\..\b`: `C:\b`, `C:\a\.\b\\c\`: `C:\a\b\c`, `c:\..\..\x`: `c:\x`, "C:/": `C:\`}
	switch runtime.GOOS {
	case "windows":
		cases[here[:2]+"x.log"] = filepath.Join(here, "x.log")
		cases[`\\server\share\a\..\x`] = `\\server\share\x`
	default: // a letter and a colon alone are a name like any other
		cases["C:x.log"] = filepath.Join(here, "C:x.log")
		cases["/a/../b"] = "/b"
	}
	for given, want := range cases {
		var got string
		file := []Command[int]{{Flags: []Flag{{Name: "log", Value: "FILE", Text: &got, Path: true}}}}
		if _, _, err := Parse(file, []string{"--log", given}); got != want || err != nil {
			t.Errorf("%q is made %q, %v; want %q", given, got, err, want)
		}
	}
}

// TestArgumentsAreReadAgainAsTheyWereGiven: the program that is started again with them is asked for the same.
func TestArgumentsAreReadAgainAsTheyWereGiven(t *testing.T) {
	line := []string{"--file=a b", "--plain"}
	var first, again taken
	c, _, err := Parse(commands(&first), line)
	if err != nil {
		t.Fatal(err)
	}
	args := Arguments(c.Flags)
	if _, _, err := Parse(commands(&again), args); err != nil || again != first || !slices.Equal(args, line) {
		t.Errorf("%q is read as %+v, %v; want %+v", args, again, err, first)
	}
}
