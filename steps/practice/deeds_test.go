package practice_test

import (
	"errors"
	"io"
	"strings"
)

// copy copies a package into the cache folder in the way of step 10: under another name first.
func (e engineer) copy(from, to string) error {
	e.t.Helper()
	const temporary = cache + "marsfix-1.msi"
	in, _, err := e.Disk().OpenStrict(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Info()
	e.ok(err)
	out, err := e.Writer().Create(temporary)
	if err != nil {
		return err
	}
	same, err := out.Info()
	e.ok(err)
	_, err = io.Copy(out, io.NewSectionReader(in, 0, info.Size))
	if err := errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, e.Writer().Remove(temporary, same.ID))
	}
	if err := e.Writer().Rename(temporary, to, same.ID); err != nil {
		return errors.Join(err, e.Writer().Remove(temporary, same.ID))
	}
	return nil
}

// upgraded checks that the run of pid ended well and left what a good upgrade leaves.
func (e engineer) upgraded(pid int) {
	e.t.Helper()
	if r := e.follow(pid); !r.Ended || r.Code != 0 || len(r.Processes) != 0 {
		e.t.Fatalf("the upgrade came to %+v", r)
	}
	if v := e.agent().Version; v != after {
		e.t.Errorf("registered version %s, want %s", v, after)
	}
	if s := e.states(); s != [2]string{"running", "running"} {
		e.t.Errorf("services %v", s)
	}
	log := e.lastSession()
	if strings.Contains(log, "Warning: Local cached package") ||
		!strings.Contains(log, "MainEngineThread is returning 0\r\n") {
		e.t.Errorf("the log of a good upgrade reads:\n%s", log)
	}
}

// failed checks that the run of pid ended with 1612 and that the log complains in these words.
func (e engineer) failed(pid int, words string) {
	e.t.Helper()
	if r := e.follow(pid); !r.Ended || r.Code != 1612 || len(r.Processes) != 0 {
		e.t.Fatalf("the upgrade came to %+v", r)
	}
	if v := e.agent().Version; v != before {
		e.t.Errorf("registered version %s, want %s", v, before)
	}
	log := e.lastSession()
	for _, want := range []string{words, "SOURCEMGMT: Failed to resolve source\r\n",
		"MainEngineThread is returning 1612\r\n"} {
		if !strings.Contains(log, want) {
			e.t.Errorf("%q is not in the log:\n%s", want, log)
		}
	}
	if s := e.states(); s != [2]string{"running", "stopped"} {
		e.t.Errorf("services %v", s)
	}
}

// write makes a file on the computer, with the folders above it.
func (e engineer) write(path string, content []byte) {
	e.t.Helper()
	e.ok(e.Writer().MakeFolder(path[:strings.LastIndexByte(path, '\\')]))
	f, err := e.Writer().Create(path)
	e.ok(err)
	_, err = f.Write(content)
	e.ok(errors.Join(err, f.Close()))
}
