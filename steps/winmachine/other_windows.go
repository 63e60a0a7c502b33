package winmachine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// ownMutex tells every marsfix on this computer, in whatever session, that another one runs. It says nothing else:
// nobody is kept from going on.
const ownMutex = `Global\marsfix`

// otherMarsfix is who runs marsfix here besides us, empty when nobody does. It asks by letting go of the mutex and
// making it again: whoever finds it there has company.
func (m *Machine) otherMarsfix(ctx context.Context) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.release(); err != nil {
		return "", fmt.Errorf("cannot let go of the mutex %s: %w", ownMutex, err)
	}
	h, err := windows.CreateMutex(nil, false, wide(ownMutex))
	m.own = h // it is a good one beside ERROR_ALREADY_EXISTS too
	switch {
	case err == nil:
		return "", nil
	case errors.Is(err, windows.ERROR_ALREADY_EXISTS), errors.Is(err, windows.ERROR_ACCESS_DENIED):
		return otherUser(ctx), nil
	}
	return "", fmt.Errorf("cannot tell whether another marsfix runs: %w", err)
}

// release lets go of the mutex.
func (m *Machine) release() error {
	if m.own == 0 {
		return nil
	}
	h := m.own
	m.own = 0
	return windows.CloseHandle(h)
}

// otherUser is the account of another process that runs a program named like ours.
func otherUser(ctx context.Context) string {
	const unknown = "another user"
	exe, err := os.Executable()
	if err != nil {
		return unknown
	}
	list, err := snapshot(ctx)
	if err != nil {
		return unknown
	}
	for _, p := range list {
		if p.pid != os.Getpid() && strings.EqualFold(p.name, filepath.Base(exe)) {
			if user := describe(p).User; user != "" {
				return user
			}
		}
	}
	return unknown
}
