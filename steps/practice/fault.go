package practice

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"marsfix/steps/disk"
)

// inCache tells whether a path lies directly in the cache folder of Windows Installer.
func inCache(path string) bool {
	at := strings.LastIndexByte(path, '\\')
	return at > 0 && strings.EqualFold(path[:at], cacheDir)
}

// owner is whom a file of this computer belongs to, by where it lies. Planted logs are those of an ordinary account.
func (m *Machine) owner(path string) disk.Owner {
	path = strings.ToLower(path)
	switch {
	case m.plot.setup != nil && (strings.EqualFold(path, patchLogPath) || strings.EqualFold(path, setupLogPath)):
		return disk.Owner{Name: computerName + `\intern`, Trust: disk.Ordinary}
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
	if err := s.m.sourceGoes(s.Path()); err != nil {
		return 0, err
	}
	return s.File.ReadAt(p, off)
}

// sourceGoes deletes an extracted package, in the scenario of that name, once a copy of it was begun. What was open cannot be read
// any more, as with a drive that was pulled out.
func (m *Machine) sourceGoes(path string) error {
	if m.plot.fault != sourceGoes || !strings.HasSuffix(strings.ToUpper(path), `\INSTALLERS\OBSAGENT.MSI`) {
		return nil
	}
	m.mu.Lock()
	created := m.created
	m.mu.Unlock()
	if !created {
		return nil
	}
	below, err := m.ready()
	if err != nil {
		return &fs.PathError{Op: "read", Path: path, Err: err}
	}
	info, err := below.Stat(path)
	if err == nil {
		err = below.Remove(path, info.ID)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("play that the source vanishes: %w", err)
	}
	return &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
}

// createdInCache lets the scenario's fault happen to a file just created in the cache folder.
func (m *Machine) createdInCache(f disk.NewFile) (disk.NewFile, error) {
	m.mu.Lock()
	first := !m.created
	m.created = true
	m.mu.Unlock()
	switch {
	case m.plot.fault == diskFull:
		return &fullFile{NewFile: f, room: fullAfter}, nil
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

// fullAfter is how many bytes of a file still fit on the full disk.
const fullAfter = 20000

// fullFile is a file on a disk that runs full: what fits is written.
type fullFile struct {
	disk.NewFile
	room int
}

func (f *fullFile) Write(p []byte) (int, error) {
	fits := min(len(p), f.room)
	n, err := f.NewFile.Write(p[:fits])
	f.room -= n
	if err == nil && n < len(p) {
		err = &fs.PathError{Op: "write", Path: f.Path(), Err: disk.ErrFull}
	}
	return n, err
}
