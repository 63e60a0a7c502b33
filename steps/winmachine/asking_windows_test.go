package winmachine

import (
	"errors"
	"runtime"
	"testing"

	"golang.org/x/sys/windows"
)

// While others' processes are asked the thread has a token of its own, and none before and after: what is started
// inherits no privilege.
func TestWindowsAsking(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	threads := func() error {
		var token windows.Token
		err := windows.OpenThreadToken(windows.CurrentThread(), windows.TOKEN_QUERY, true, &token)
		if err == nil {
			token.Close()
		}
		return err
	}
	if err := threads(); !errors.Is(err, windows.ERROR_NO_TOKEN) {
		t.Fatalf("before: %v", err)
	}
	boom := errors.New("boom")
	got, err := asking(func() (int, error) {
		if err := threads(); err != nil {
			t.Errorf("meanwhile: %v", err)
		}
		return 7, boom
	})
	if got != 7 || err != boom {
		t.Errorf("it came to %d, %v", got, err)
	}
	if err := threads(); !errors.Is(err, windows.ERROR_NO_TOKEN) {
		t.Errorf("after: %v", err)
	}
}
