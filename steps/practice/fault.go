package practice

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"marsfix/steps/disk"
)

// inCache reports whether a path lies directly in the cache folder of Windows Installer.
func inCache(path string) bool {
	at := strings.LastIndexByte(path, '\\')
	return at > 0 && strings.EqualFold(path[:at], cacheDir)
}

// owner is whom a file of this computer belongs to, by where it lies. Planted logs are those of an ordinary account.
func (m *Machine) owner(path string) disk.Owner {
	path = strings.ToLower(path)
	switch {
	case m.plot.setup != nil && (strings.EqualFold(path, patchLogPath) || strings.EqualFold(path, setupLogPath)):
		return disk.Owner{Name: computerName + `\intern`, Trust: disk.NotAdmin}
	case strings.HasPrefix(path, `c:\users\admin\`):
		return disk.Owner{Name: userName, Trust: disk.Trusted}
	case strings.HasPrefix(path, `c:\windows\`), strings.HasPrefix(path, `c:\program`):
		return disk.Owner{Name: `NT AUTHORITY\SYSTEM`, Trust: disk.Trusted}
	}
	return disk.Owner{Name: `BUILTIN\Administrators`, Trust: disk.Trusted}
}

// source is an opened file that may be about to vanish.
type source struct {
	disk.File
	m *Machine
}

func (s source) ReadAt(p []byte, off int64) (int, error) {
	if err := s.m.vanished("read", s.Path()); err != nil {
		return 0, err
	}
	return s.File.ReadAt(p, off)
}

// vanished lets the extracted package go, in the scenario of that name: the one that is read once a copy was begun, and
// no other after it. What was open cannot be read any more either, as with a drive that was pulled out. It is marked
// and not removed: whoever copies holds it, and Windows removes nothing that is held so. Its folder goes with the
// wizard.
func (m *Machine) vanished(op, path string) error {
	if m.plot.fault != sourceGoes || !strings.HasSuffix(strings.ToUpper(path), `\INSTALLERS\OBSAGENT.MSI`) {
		return nil
	}
	m.mu.Lock()
	if m.gone == "" && m.created {
		m.gone = strings.ToLower(path)
	}
	m.mu.Unlock()
	if m.isGone(path) {
		return &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
	}
	return nil
}

// isGone reports whether a path is the package that has vanished.
func (m *Machine) isGone(path string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.gone != "" && strings.ToLower(path) == m.gone
}

// createdInCache lets the scenario's fault happen to a file just created in the cache folder.
func (m *Machine) createdInCache(f disk.NewFile) (disk.NewFile, error) {
	m.mu.Lock()
	first := !m.created
	m.created = true
	m.mu.Unlock()
	switch {
	case m.plot.fault == diskFull && first:
		return &fullFile{NewFile: f, m: m, room: fullAfter}, nil
	case m.plot.fault == targetAppears && first:
		if err := m.appear(); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, nil
}

// appear puts a foreign file under the name of the registered package.
func (m *Machine) appear() error {
	r, err := m.load()
	if err != nil {
		return err
	}
	agent, err := r.agent()
	if err != nil {
		return err
	}
	below, err := m.ready()
	if err != nil {
		return err
	}
	f, err := below.Create(agent.LocalPackage)
	if err != nil {
		return fmt.Errorf("play that the target appears: %w", err)
	}
	_, err = f.Write([]byte("Somebody else's file.\r\n"))
	return errors.Join(err, f.Close())
}

const (
	fullAfter = 20000           // how many bytes still fit on the full disk
	fullFor   = 5 * time.Second // how long it stays full: somebody makes room, as the hint wants
)

// fullFile is a file on a disk that runs full: what fits is written.
type fullFile struct {
	disk.NewFile
	m    *Machine
	room int
}

func (f *fullFile) Write(p []byte) (int, error) {
	fits := min(len(p), f.room)
	n, err := f.NewFile.Write(p[:fits])
	f.room -= n
	if err == nil && n < len(p) {
		err = errors.Join(&fs.PathError{Op: "write", Path: f.Path(), Err: disk.ErrFull}, f.m.fill())
	}
	return n, err
}

// fill lets the disk be full for a while.
func (m *Machine) fill() error {
	m.mu.Lock()
	m.full, m.tight = true, true
	m.mu.Unlock()
	return m.act(func() {
		if m.pause(m.ctx, fullFor) == nil { // else the computer ends
			m.mu.Lock()
			defer m.mu.Unlock()
			m.full = false
		}
	})
}

// isFull reports whether the disk is full now. Whoever asks first afterwards finds it full also where no time passes.
func (m *Machine) isFull() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	full := m.full || m.tight
	m.tight = false
	return full
}
