package practice

import (
	"context"

	"marsfix/steps/computer"
)

// About tells what the computer is; it does not need the disk.
func (m *Machine) About(ctx context.Context) (computer.About, error) {
	label := "practice"
	if m.plot.Name != plots()[0].Name {
		label += " --scenario " + m.plot.Name
	}
	return computer.About{
		Name:         computerName,
		Label:        label,
		Passing:      !m.keep,
		Still:        !m.keep && m.plot.fault == noFault && len(m.hostFiles) == 0, // nobody reaches its disk
		System:       "Windows Server 2022 Standard 21H2 (10.0.20348)",
		Elevated:     true,
		Desktop:      true,
		WindowsDir:   windowsDir,
		WindowsNames: []string{"Windows"},
		Temps:        []string{windowsDir + `\Temp`, windowsDir + `\SystemTemp`},
		InstallerSpots: []string{
			`C:\Users\admin\Downloads`, `C:\Users\admin\Desktop`, `C:\Users\Public\Downloads`,
			`C:\Users\Public\Desktop`,
		},
		DataDir:      `C:\ProgramData`,
		ProgramFiles: `C:\Program Files`,
		SystemFiles:  []string{systemFile},
	}, ctx.Err()
}

// Busy reports whether an upgrade is changing what is installed just now.
func (m *Machine) Busy(ctx context.Context) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.busy, ctx.Err()
}

// Wizards lists the programs of the upgrade wizards that run.
func (m *Machine) Wizards(ctx context.Context) ([]computer.Process, error) {
	if _, err := m.ready(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []computer.Process
	for _, r := range m.runs {
		all = append(all, r.processes()...)
	}
	return all, ctx.Err()
}
