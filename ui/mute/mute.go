// Package mute keeps the toolkit from asking the terminal for its background.
//
// bubbletea asks while it is initialised, on every system but Windows and whatever the command is: escape codes would
// go out before plain lines, before --version even, and where nobody answers them (a serial line, a recorder, a reader
// of screens) nothing else would happen for five seconds. The answer is not wanted: the looks are made for both
// backgrounds.
//
// The toolkit does not ask where the variable CI is set. Go initialises packages in the order of their import paths, a
// package behind all that it imports (the specification, "Program initialization"). This one imports nothing but os,
// and the toolkit text/template, whose path sorts behind: so the variable is set before the toolkit looks at it. [End]
// takes it away again.
package mute

import "os"

// variable is what the toolkit takes for a sign that nobody answers.
const variable = "CI"

// was is its value before, and set reports whether it had one.
var was, set = os.LookupEnv(variable)

func init() { os.Setenv(variable, "true") }

// End puts the variable back as it was: programs that are started inherit it, and colours depend on it.
func End() {
	if set {
		os.Setenv(variable, was)
		return
	}
	os.Unsetenv(variable)
}
