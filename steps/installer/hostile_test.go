package installer_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/installer"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

const (
	ownFolder = `C:\Program Files\marsfix`
	download  = `C:\Users\admin\Downloads\MARSAgentInstaller.exe`
)

// server is a practice computer whose installer lies with somebody who can give each reader other bytes, as the server
// of a share can.
type server struct {
	*practice.Machine
	hooked  *disktest.Hooked
	before  disktest.Before // ahead of each operation of the disk; nil: nothing happens
	private computer.Signature
	held    map[string]int // opened so that others may not write
	loose   []string       // what was looked at, copied or started and could be written to
	started []string
}

func newServer(t *testing.T) (s *server, host string) {
	t.Helper()
	m, dir := walktest.Computer(t)
	s = &server{Machine: m, held: map[string]int{}, private: computer.Signature{State: computer.SignTrusted,
		Signer: "Microsoft Corporation"}}
	s.hooked = disktest.New(m.Disk().(disk.Disk), func(op disktest.Op, path string) error {
		if s.before == nil {
			return nil
		}
		return s.before(op, path)
	})
	return s, filepath.Join(dir, "C", "Users", "admin", "Downloads", "MARSAgentInstaller.exe")
}

func (s *server) Disk() disk.Reader { return heldDisk{s.hooked, s} }

func (s *server) Writer() disk.Writer { return s.hooked }

// needs notes a file that is not held.
func (s *server) needs(path string) {
	if s.held[path] == 0 {
		s.loose = append(s.loose, path)
	}
}

// Signature is Microsoft's for what the server shows, and what it really is for the private copy.
func (s *server) Signature(_ context.Context, f disk.File) (computer.Signature, error) {
	s.needs(f.Path())
	if strings.HasPrefix(f.Path(), ownFolder) {
		return s.private, nil
	}
	return computer.Signature{State: computer.SignTrusted, Signer: "Microsoft Corporation"}, nil
}

func (s *server) Start(_ context.Context, program string) (int, error) {
	s.needs(program)
	s.started = append(s.started, program)
	return 4711, nil
}

type heldDisk struct {
	disk.Reader
	s *server
}

func (d heldDisk) Open(path string, share disk.Share) (disk.File, error) {
	f, err := d.Reader.Open(path, share)
	if err != nil || share != disk.ShareRead {
		return f, err
	}
	d.s.held[path]++
	return heldFile{f, d.s}, nil
}

type heldFile struct {
	disk.File
	s *server
}

func (f heldFile) Close() error {
	f.s.held[f.Path()]--
	return f.File.Close()
}

// launch looks at the installer and starts it.
func (s *server) launch(t *testing.T, between func()) *screen.Problem {
	t.Helper()
	pr := installer.Inspect(t.Context(), s, download)
	if pr.Trouble != nil {
		t.Fatal(pr.Trouble)
	}
	between()
	_, p := pr.Launch(t.Context(), s, ownFolder, disk.Unreported)
	return p
}

// wantRefused asserts that nothing was started and that no private copy is left.
func (s *server) wantRefused(t *testing.T, p *screen.Problem) {
	t.Helper()
	if p == nil || p.Code != screen.CodeChanged || len(s.started) > 0 {
		t.Errorf("started is %q: %+v", s.started, p)
	}
	own, err := s.Disk().List(ownFolder)
	if err != nil || len(own) > 0 {
		t.Errorf("left is %v, %v", own, err)
	}
}

// Whoever keeps the installer can show good bytes to the look at its signature and others to the copy: what counts is
// the signature of the copy.
func TestTheSignatureOfThePrivateCopyCounts(t *testing.T) {
	for name, private := range map[string]computer.Signature{
		"unsigned":           {State: computer.SignNone, Code: 0x800B0100},
		"another signer":     {State: computer.SignOther, Signer: "Contoso"},
		"changed":            {State: computer.SignBroken, Code: 0x80096010},
		"the name, no chain": {State: computer.SignUntrusted, Signer: "Microsoft Corporation"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newServer(t)
			s.private = private
			s.wantRefused(t, s.launch(t, func() {}))
		})
	}
}

// Bytes that are changed after the look are not started, with the time and the length put back as well, be it before
// the copy or beneath it.
func TestChangedBytesAreNotStarted(t *testing.T) {
	change := func(t *testing.T, path string) {
		in, err := os.Stat(path)
		content, err2 := os.ReadFile(path)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		content[len(content)-1] ^= 1
		if err := errors.Join(os.WriteFile(path, content, 0o600),
			os.Chtimes(path, in.ModTime(), in.ModTime())); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("before the copy", func(t *testing.T) {
		s, host := newServer(t)
		s.wantRefused(t, s.launch(t, func() { change(t, host) }))
	})
	t.Run("the copy", func(t *testing.T) {
		s, host := newServer(t)
		root := filepath.Dir(filepath.Dir(filepath.Dir(filepath.Dir(host))))
		s.before = func(op disktest.Op, path string) error {
			if op == disktest.Open && strings.HasPrefix(path, ownFolder) { // it is whole, and nobody has looked at it
				change(t, filepath.Join(root, filepath.FromSlash(strings.ReplaceAll(path[3:], `\`, "/"))))
				s.before = nil
			}
			return nil
		}
		s.wantRefused(t, s.launch(t, func() {}))
	})
}

// An installer is closed to writers while it is looked at, while it is copied, and while its copy is looked at and
// started.
func TestAnInstallerIsHeldFromLookToStart(t *testing.T) {
	s, _ := newServer(t)
	copied := 0
	p := s.launch(t, func() {
		s.before = func(op disktest.Op, path string) error {
			if op == disktest.Write && strings.HasPrefix(path, ownFolder) {
				copied++
				s.needs(download)
			}
			return nil
		}
	})
	if p != nil || len(s.started) != 1 || copied == 0 || len(s.loose) > 0 {
		t.Errorf("started is %q after %d writes, %q could be written to: %+v", s.started, copied, s.loose, p)
	}
}
