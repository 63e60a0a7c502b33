//go:build unix

package mute_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"

	_ "marsfix/ui" // with the toolkit
)

const childEnv = "MARSFIX_MUTE_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		value, set := os.LookupEnv("CI")
		fmt.Printf("CI %t %q", set, value)
		return
	}
	os.Exit(m.Run())
}

// TestNothingIsAsked: a program with the toolkit in it writes its own words and no others to a terminal, and finds the
// variable as it was left by whoever started it. Nobody answers here, so that one which asks would wait.
func TestNothingIsAsked(t *testing.T) {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "CI=") {
			env = append(env, v)
		}
	}
	for _, way := range []struct{ set, want string }{{"", `CI false ""`}, {"CI=", `CI true ""`},
		{"CI=yes", `CI true "yes"`}} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(append([]string{}, env...), childEnv+"=1", "TERM=xterm-256color")
		if way.set != "" {
			cmd.Env = append(cmd.Env, way.set)
		}
		tty, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		out, err := io.ReadAll(tty)
		// Linux tells the end of a terminal's program as an error.
		if pe := (*fs.PathError)(nil); err != nil && !(errors.As(err, &pe) && pe.Err == syscall.EIO) {
			t.Error(err)
		}
		if err := errors.Join(cmd.Wait(), tty.Close()); err != nil {
			t.Error(err)
		}
		if string(out) != way.want {
			t.Errorf("with %q it writes %q, want %q", way.set, out, way.want)
		}
	}
}
