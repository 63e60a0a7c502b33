package practice

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"marsfix/steps/disk"
)

// host is where a path of the computer lies on this system.
func (m *Machine) host(path string) string {
	return filepath.Join(m.place, path[:1], filepath.FromSlash(strings.ReplaceAll(path[2:], `\`, "/")))
}

// put writes a file of the computer as a whole, with the folders above it and a time written by the computer's clock.
func (m *Machine) put(path string, content []byte, written time.Time) error {
	at := m.host(path)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return fmt.Errorf("write \"%s\": %w", path, err)
	}
	if err := os.WriteFile(at, content, 0o644); err != nil {
		return fmt.Errorf("write \"%s\": %w", path, err)
	}
	return m.stamp(path, written)
}

func (m *Machine) stamp(path string, written time.Time) error {
	if err := os.Chtimes(m.host(path), written, written); err != nil {
		return fmt.Errorf("set the time of \"%s\": %w", path, err)
	}
	return nil
}

// build makes the disk as the scenario finds it.
func (m *Machine) build() (disk.Disk, error) {
	if err := m.buildFolders(); err != nil {
		return nil, err
	}
	if err := m.buildPrograms(); err != nil {
		return nil, err
	}
	if err := m.buildLogs(); err != nil {
		return nil, err
	}
	if m.plot.open {
		if err := m.openWizard(); err != nil {
			return nil, err
		}
	}
	drives := map[byte]string{'C': filepath.Join(m.place, "C")}
	if m.plot.drive != "" {
		drives[m.plot.drive[0]] = filepath.Join(m.place, m.plot.drive[:1])
	}
	d := disk.NewMapped(drives)
	d.ShowHostFiles(m.hostFiles...)
	return d, nil
}

func (m *Machine) buildFolders() error {
	folders := []string{
		`C:\ProgramData`, windowsDir + `\SystemTemp`, `C:\Users\admin\Desktop`, `C:\Users\Public\Desktop`,
		`C:\Users\Public\Downloads`,
	}
	if m.plot.drive != "" {
		folders = append(folders, m.plot.drive+`\`)
	}
	for _, path := range folders {
		if err := os.MkdirAll(m.host(path), 0o755); err != nil {
			return fmt.Errorf("make \"%s\": %w", path, err)
		}
	}
	return nil
}

// file is a file that the computer has from the start.
type file struct {
	path    string
	content []byte
	age     time.Duration
}

const day = 24 * time.Hour

func (m *Machine) buildPrograms() error {
	installer, err := m.installer()
	if err != nil {
		return err
	}
	program := buildProgram([4]uint16{2, 0, 9169, 0})
	files := []file{
		{enginePath, program, 200 * day},
		{managementPath, program, 200 * day},
		{monitorPath, []byte(monitorPackage), 400 * day},
		{runtimePath, []byte(runtimePackage), 300 * day},
		{installerPath, installer, 26 * time.Hour},
		{systemFile, []byte(systemProgram()), 300 * day},
	}
	if !m.plot.patchesLost {
		files = append(files, file{patchPath, registeredPatch(), 200 * day})
	}
	if m.plot.cached != "" {
		files = append(files, file{registeredPath, []byte(m.plot.cached), 2 * day})
	}
	if m.plot.setup != nil {
		files = append(files, file{trapFolder + `\Installers\` + agentFile, []byte(unsignedPackage), time.Hour})
	}
	for _, f := range files {
		if err := m.put(f.path, f.content, m.now().Add(-f.age)); err != nil {
			return err
		}
	}
	return m.write(firstRegistry(m.plot))
}

// buildLogs writes what earlier runs have left: in OBPatch.log an upgrade long ago, then failures.
func (m *Machine) buildLogs() error {
	age, last := m.plot.age, m.plot.last
	if age == 0 {
		age = day
	}
	if last == nil {
		last = []string{warnMissing(registeredPath)}
	}
	failed := m.now().Add(-age)
	patch := &patchWriter{}
	patch.succeeded(failed.Add(-170*day), `C:\2f6b0d7c91ae4853b6d2f08c7e15a394`, "2.0.9169.0")
	patch.text.WriteString("\ufeff") // the second writer appended, with a mark of its own
	patch.failed(failed.Add(-6*day), formerFolder, formerFolder+`\Installers\`, []string{warnMissing(registeredPath)})
	patch.failed(failed, formerFolder, formerFolder+`\Installers\`, last)

	setup := &setupWriter{at: failed.Add(-time.Minute), pid: 0x0ab0, tid: 0x0974}
	setup.run(formerFolder)
	setup.failed()
	if m.plot.setup != nil {
		m.plot.setup(setup)
	}
	old := func(name string) string { return "practice: " + name + "\r\n" }
	for _, f := range []file{
		{patchLogPath, newLog(patch.text.String(), true), age},
		{setupLogPath, newLog(setup.text.String(), m.plot.wide), age},
		{windowsDir + `\Temp\OBMsi.log`, newLog(old("first installation"), true), 200 * day},
		{windowsDir + `\Temp\OBManagedlog.LOGCurr.errlog`, newLog(old("set-up, managed half"), false), age},
		{agentFolder + `\Temp\CBEngineCurr.errlog`, newLog(old("backup service"), false), time.Hour},
	} {
		if err := m.put(f.path, f.content, m.now().Add(-f.age)); err != nil {
			return err
		}
	}
	return nil
}
