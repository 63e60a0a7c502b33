package winmachine

import (
	"os"
	"os/signal"
	"syscall"
)

// KeepConsole is called first of all, and what it returns last of all: a console that closes with the program is kept
// open until Enter, or nobody could read what stands in it. That is one which was made for this program (a double
// click, runas) and which somebody sees: a task or a service has a console too. Whoever was told by the system to end
// does so.
func KeepConsole(in, out *os.File) (wait func(words string)) {
	if !isConsole(in) || !isConsole(out) || !ownConsole() {
		return func(string) {}
	}
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM) // a closed window, a log off, a shutdown
	return func(words string) {
		if len(told) > 0 || !visibleDesktop() {
			return
		}
		signal.Notify(told, os.Interrupt)
		untilEnter(Input(in), out, words, told)
	}
}

// ownConsole reports whether this program is the only one in its console: whoever was there before stays, and the
// console with him.
func ownConsole() bool {
	var one uint32
	n, err := getConsoleProcessList(&one, 1) // as many as there are, whether or not they fit
	return err == nil && n == 1
}
