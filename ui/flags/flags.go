// Package flags reads command lines: the name of a command, then its flags, "--name=value", "--name value" or "--name"
// alone. It must never take time to set up: that would be most of what a look at a small log takes.
package flags

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// Flag is one that a command takes.
type Flag struct {
	Name    string  // without its dashes
	Value   string  // what it takes, as people are told ("FILE"); empty for a switch
	Help    string  // one sentence
	Text    *string // where the value goes
	Path    bool    // the value is a path, which is made whole
	On      *bool   // where it is noted that a switch is set
	Against string  // the name of a flag that cannot stand beside it
}

// Command is what can be asked for, with the thing that does it.
type Command[T any] struct {
	Name  string // empty for what is done where no command is named
	Help  string // one sentence
	Flags []Flag
	Do    T
}

// Want is what a command line asks for.
type Want uint8

const (
	Run     Want = iota // the command
	Help                // what it takes
	Version             // the program's version
)

// Parse finds the command of a command line and sets its flags. An error says in lower case what is wrong.
func Parse[T any](commands []Command[T], args []string) (c Command[T], want Want, err error) {
	name := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	for _, known := range commands {
		if known.Name == name {
			c = known
		}
	}
	if c.Name != name {
		return c, Run, fmt.Errorf("\"%s\" is not a command", name)
	}
	set := map[string]bool{}
	for len(args) > 0 {
		arg := args[0]
		switch arg {
		case "--help", "-h":
			return c, Help, nil
		case "--version":
			return c, Version, nil
		}
		if args, err = c.take(args); err != nil {
			return c, Run, c.elsewhere(commands, arg, err)
		}
		f, _ := c.flag(arg)
		set[f.Name] = true
		for _, other := range c.Flags {
			if set[other.Name] && (other.Against == f.Name || f.Against == other.Name) {
				return c, Run, fmt.Errorf("--%s and --%s cannot be used together", other.Name, f.Name)
			}
		}
	}
	return c, Run, nil
}

// flag finds the flag that an argument sets.
func (c Command[T]) flag(arg string) (Flag, bool) {
	name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
	for _, f := range c.Flags {
		if strings.HasPrefix(arg, "--") && f.Name == name {
			return f, true
		}
	}
	return Flag{}, false
}

// take sets the flag that comes first and returns what follows.
func (c Command[T]) take(args []string) ([]string, error) {
	arg, rest := args[0], args[1:]
	f, known := c.flag(arg)
	_, value, given := strings.Cut(arg, "=")
	switch {
	case !strings.HasPrefix(arg, "-") || arg == "--":
		return nil, fmt.Errorf("unexpected argument \"%s\"", arg)
	case !known:
		name, _, _ := strings.Cut(arg, "=")
		return nil, fmt.Errorf("unknown flag %s", name)
	case f.Value == "" && given:
		return nil, fmt.Errorf("--%s takes no value", f.Name)
	case f.Value == "":
		*f.On = true
		return rest, nil
	case !given && (len(rest) == 0 || strings.HasPrefix(rest[0], "--")):
		return nil, fmt.Errorf("--%s needs a %s", f.Name, f.Value)
	case !given:
		value, rest = rest[0], rest[1:]
	}
	if value == "" { // a variable without a value, perhaps: that is not the same as no flag
		return nil, fmt.Errorf("--%s needs a %s, but its value is empty", f.Name, f.Value)
	}
	if f.Path {
		full, err := whole(value)
		if err != nil {
			return nil, fmt.Errorf("path \"%s\": %w", value, err)
		}
		value = full
	}
	*f.Text = value
	return rest, nil
}

// whole makes a path whole: what it names must not depend on the folder that the program was started in. Where this is
// no Windows, one on a drive letter is the practice computer's.
func whole(p string) (string, error) {
	if runtime.GOOS != "windows" && len(p) > 2 && p[1] == ':' && (p[2] == '\\' || p[2] == '/') {
		rest := path.Clean(strings.ReplaceAll(p[2:], `\`, "/"))
		return p[:2] + strings.ReplaceAll(rest, "/", `\`), nil
	}
	return filepath.Abs(p)
}

// Arguments are the flags that are set again, those with values first: for the program started another time.
func Arguments(fs []Flag) []string {
	args := []string{}
	for _, f := range fs {
		if f.Text != nil && *f.Text != "" {
			args = append(args, "--"+f.Name+"="+*f.Text)
		}
	}
	for _, f := range fs {
		if f.On != nil && *f.On {
			args = append(args, "--"+f.Name)
		}
	}
	return args
}

// Built names a program's version, its commit and Go. An empty commit is asked of what the build noted.
func Built(program, version, commit string) string {
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	return fmt.Sprintf("%s %s, commit %s, %s %s/%s", program, version, cmp.Or(commit, "unknown"), runtime.Version(),
		runtime.GOOS, runtime.GOARCH)
}

// elsewhere says of an unknown flag which commands take it.
func (c Command[T]) elsewhere(commands []Command[T], arg string, err error) error {
	if _, known := c.flag(arg); known {
		return err
	}
	var takers []string
	for _, other := range commands {
		if _, takes := other.flag(arg); takes {
			takers = append(takers, "with "+cmp.Or(other.Name, "no command"))
		}
	}
	if len(takers) == 0 {
		return err
	}
	return fmt.Errorf("%w here: use it %s", err, strings.Join(takers, " or "))
}

// width is what a console shows of a line at least, less its last column.
const width = 79

// Usage tells what the command takes, in lines that fit a console.
func (c Command[T]) Usage(program string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s [flags]\n\n%s\n\nFlags:\n", strings.TrimSpace(program+" "+c.Name), c.Help)
	column := len("      --version    ")
	for _, f := range c.Flags {
		column = max(column, len(f.left())+4)
	}
	row := func(left, text string) {
		for _, line := range wrap(text, width-column) {
			fmt.Fprintf(&b, "%-*s%s\n", column, left, line)
			left = ""
		}
	}
	row("  -h, --help", "Show this help.")
	row("      --version", "Print the versions of marsfix and Go, and the commit.")
	if len(c.Flags) > 0 {
		b.WriteByte('\n')
	}
	for _, f := range c.Flags {
		row(f.left(), f.Help)
	}
	return b.String()
}

func (f Flag) left() string {
	if f.Value == "" {
		return "      --" + f.Name
	}
	return "      --" + f.Name + "=" + f.Value
}

// wrap breaks a text between words into lines of at most most characters.
func wrap(text string, most int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > most {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}
