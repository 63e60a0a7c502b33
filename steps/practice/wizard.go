package practice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// run is one start of the update installer. Its fields below the line are guarded by Machine.mu.
type run struct {
	pid      int
	program  string
	started  time.Time
	ours     bool // started through Start
	upgrades bool // goes on to upgrade, and ends by itself
	early    bool // closes by itself
	ctx      context.Context
	cancel   context.CancelFunc
	played   chan struct{} // closed when it does nothing more by itself

	folder string // where it extracted to; empty before
	ended  bool
	code   uint32
	err    error // what went wrong with the practice itself
}

// processes lists what runs of it; call it with Machine.mu held.
func (r *run) processes() []computer.Process {
	if r.ended {
		return nil
	}
	first := computer.Process{PID: r.pid, Parent: 3180, Image: r.program, Session: 2, User: userName, Own: computer.Yes,
		Elevated: computer.Yes,
		Started:  r.started, Ours: r.ours}
	all := []computer.Process{first}
	if r.folder != "" {
		screen := first
		screen.PID, screen.Parent = r.launchPID(), r.pid
		screen.Image, screen.Title = r.folder+`\`+launchScreen, wizardTitle
		all = append(all, screen)
	}
	return all
}

func (r *run) launchPID() int { return r.pid + 4 }

// setupWriter writes to the set-up log as the launch screen.
func (r *run) setupWriter(at time.Time) *setupWriter {
	return &setupWriter{at: at, pid: r.launchPID(), tid: r.launchPID() + 8}
}

// newRun adds a run to those that the computer knows.
func (m *Machine) newRun(program string, ours, upgrades bool) *run {
	r := &run{program: program, started: m.now(), ours: ours, upgrades: upgrades, played: make(chan struct{})}
	r.ctx, r.cancel = context.WithCancel(m.ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	r.pid = 4212 + 16*len(m.runs)
	r.early = m.plot.closesEarly && len(m.runs) == 0
	m.runs = append(m.runs, r)
	return r
}

// Start starts the update installer, from wherever it lies; nothing else is ever started. It extracts, writes to the
// set-up log and shows its wizard, which waits for CloseWizard. It goes on to upgrade, and ends by itself, if all that
// is cached can be used, or a file in the cache folder got another name since the last upgrade.
func (m *Machine) Start(ctx context.Context, program string) (int, error) {
	d, err := m.ready()
	if err != nil {
		return 0, &fs.PathError{Op: "start", Path: program, Err: err}
	}
	files, err := m.readInstaller(d, program)
	if err != nil {
		return 0, err
	}
	upgrades, err := m.wouldUpgrade(d)
	if err != nil {
		return 0, err
	}
	if err := ctx.Err(); err != nil {
		return 0, &fs.PathError{Op: "start", Path: program, Err: err}
	}
	r := m.newRun(program, true, upgrades)
	return r.pid, m.act(func() {
		defer close(r.played)
		m.settle(r, m.play(r, files))
	})
}

// errForeign is why a program is not started.
var errForeign = errors.New("it is not the practice installer, and a practice computer starts nothing else")

func (m *Machine) readInstaller(d disk.Disk, program string) ([]packed, error) {
	own, err := m.installer()
	if err != nil {
		return nil, err
	}
	f, err := d.Open(program, disk.ShareRead)
	if err != nil {
		return nil, fmt.Errorf("start the installer: %w", err)
	}
	defer f.Close() // opened for reading only: nothing can be lost
	content, err := io.ReadAll(io.NewSectionReader(f, 0, int64(len(own))+1))
	if err != nil {
		return nil, fmt.Errorf("start the installer: %w", err)
	}
	if string(content) != string(own) {
		return nil, &fs.PathError{Op: "start", Path: program, Err: errForeign}
	}
	return unpack(content)
}

// play is what the installer does by itself. It returns without an error when the wizard stands open.
func (m *Machine) play(r *run, files []packed) error {
	if err := m.pause(r.ctx, 300*time.Millisecond); err != nil {
		return err
	}
	folder := m.nextFolder(r)
	if err := m.extract(r.ctx, folder, files); err != nil {
		return err
	}
	m.mu.Lock()
	r.folder = folder
	m.mu.Unlock()
	if err := m.pause(r.ctx, 400*time.Millisecond); err != nil {
		return err
	}
	if !m.plot.silentSetup {
		if err := m.logStart(r, m.now()); err != nil {
			return err
		}
	}
	if r.upgrades {
		return m.upgrade(r)
	}
	if r.early {
		if err := m.pause(r.ctx, 600*time.Millisecond); err != nil {
			return err
		}
		return m.end(r, errorUserExit)
	}
	return nil
}

// settle ends a run that broke. One that was closed meanwhile is ended by whoever closed it.
func (m *Machine) settle(r *run, err error) {
	if err == nil || r.ctx.Err() != nil {
		return
	}
	err = errors.Join(err, m.end(r, errorInstallFailure))
	m.mu.Lock()
	r.err = err
	m.mu.Unlock()
}

// nextFolder is the name of the folder that a run extracts to: the same for the same run of every practice.
func (m *Machine) nextFolder(r *run) string {
	drive := m.plot.drive
	if drive == "" {
		drive = "C:"
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", m.plot.Name, r.pid))
	return drive + `\` + hex.EncodeToString(sum[:16])
}

func (m *Machine) extract(ctx context.Context, folder string, files []packed) error {
	for _, f := range files {
		err := m.put(folder+`\`+windowsPath(f.path), f.content, m.now())
		if err == nil {
			err = m.stamp(folder, m.now())
		}
		if err != nil {
			return fmt.Errorf("extract: %w", err)
		}
		if err := m.pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func (m *Machine) logStart(r *run, at time.Time) error {
	w := r.setupWriter(at)
	w.run(r.folder)
	return m.appendLog(setupLogPath, w.text.String(), m.plot.wide)
}

// end deletes the folder of r, as the self-extractor does, and closes what runs of it.
func (m *Machine) end(r *run, code uint32) error {
	folder := m.nextFolder(r) // there or not: a run that was closed early may have extracted a part
	err := os.RemoveAll(m.host(folder))
	m.mu.Lock()
	defer m.mu.Unlock()
	if !r.ended {
		r.ended, r.code = true, code
	}
	if err != nil {
		return fmt.Errorf("delete \"%s\": %w", folder, err)
	}
	return nil
}
