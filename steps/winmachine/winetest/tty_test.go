//go:build linux

package winetest

import (
	"errors"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A program's last words are read although the time for them is over: a test on a loaded machine may come to them late.
func TestReadNowReadsWhatIsThere(t *testing.T) {
	tty, other, err := openPair()
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	defer other.Close()
	if err := rawButSignals(int(other.Fd())); err != nil {
		t.Fatal(err)
	}
	if _, err := other.WriteString("last words"); err != nil {
		t.Fatal(err)
	}
	if err := tty.SetReadDeadline(time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 80)
	if n, err := tty.Read(buf); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("after the deadline Read gives %q, %v", buf[:n], err)
	}
	if n, err := readNow(tty, buf); string(buf[:n]) != "last words" || err != nil {
		t.Errorf("readNow gives %q, %v", buf[:n], err)
	}
	if n, err := readNow(tty, buf); n > 0 || !errors.Is(err, unix.EAGAIN) {
		t.Errorf("with nothing there it gives %q, %v", buf[:n], err)
	}
}
