package practice

import (
	"context"
	"fmt"
	"strings"
	"time"

	"marsfix/steps/computer"
)

// CloseWizard plays the engineer who closes the wizards. Each takes its extraction folder along; one that upgrades is
// left to end by itself. It returns when they are gone.
func (m *Machine) CloseWizard(ctx context.Context) error {
	if _, err := m.ready(); err != nil {
		return err
	}
	if err := m.pause(ctx, 300*time.Millisecond); err != nil {
		return fmt.Errorf("close the wizard: %w", err)
	}
	for _, r := range m.open() {
		r.cancel()
		select {
		case <-r.played:
		case <-ctx.Done():
			return fmt.Errorf("close the wizard: %w", ctx.Err())
		}
		if err := m.end(r, errorUserExit); err != nil {
			return fmt.Errorf("close the wizard: %w", err)
		}
	}
	return nil
}

// open lists the runs whose wizard can be closed.
func (m *Machine) open() []*run {
	m.mu.Lock()
	defer m.mu.Unlock()
	var open []*run
	for _, r := range m.runs {
		if !r.ended && !r.upgrades {
			open = append(open, r)
		}
	}
	return open
}

// Follow tells how the installer started as pid is doing.
func (m *Machine) Follow(ctx context.Context, pid int) (computer.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.runs {
		if r.pid == pid {
			if r.err != nil {
				return computer.Run{Ended: r.ended, Coded: r.ended, Code: r.code},
					fmt.Errorf("follow process %d: %w", pid, r.err)
			}
			return computer.Run{Processes: r.processes(), Ended: r.ended, Coded: r.ended, Code: r.code}, ctx.Err()
		}
	}
	return computer.Run{}, fmt.Errorf("follow process %d: no such process was started", pid)
}

// openWizard is a wizard that somebody opened before: its files lie there, its line stands in the log.
func (m *Machine) openWizard() error {
	own, err := m.installer()
	if err != nil {
		return err
	}
	files, err := unpack(own)
	if err != nil {
		return err
	}
	r := m.newRun(installerPath, false, false)
	close(r.played)
	r.started = m.now().Add(-10 * time.Minute)
	folder := m.nextFolder(r)
	for _, f := range files {
		if err := m.put(folder+`\`+windowsPath(f.path), f.content, r.started); err != nil {
			return err
		}
	}
	m.mu.Lock()
	r.folder = folder
	m.mu.Unlock()
	if err := m.logStart(r, r.started); err != nil {
		return err
	}
	return m.stamp(setupLogPath, r.started)
}

func windowsPath(slashes string) string { return strings.ReplaceAll(slashes, "/", `\`) }
