// Package offline is a computer that is only a folder: the disk of another computer mounted here, or logs collected
// from one. Its files can be looked at; processes, services, registrations and signatures are silent. It must never
// answer for the computer that it runs on.
package offline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// ErrNoWindows is the cause of New for a folder that is neither the disk of a Windows computer nor holds its logs.
var ErrNoWindows = errors.New("it contains no Windows folder, no OBPatch.log and no OBInstaller0Curr.errlog")

// ErrTwice is the cause of New for a disk two of whose folders Windows would take for one.
var ErrTwice = errors.New("folders whose names differ in case only")

// OtherName is the cause of New for a folder whose log has another name: a copy's, a viewer's, an archive's. It is
// ErrNoWindows as well.
type OtherName struct {
	Name string // of the file
	Log  string // that it would have to have
}

func (e *OtherName) Error() string { return fmt.Sprintf("it contains %s, but no %s", e.Name, e.Log) }

func (e *OtherName) Is(target error) bool { return target == ErrNoWindows }

// windows are the names of the Windows folder, in the order in which they are looked for, as they are then spelt.
var windows = []string{"Windows", "WINNT"}

// logs are the two logs that make a folder a collection of logs.
var logs = []string{"OBPatch.log", "OBInstaller0Curr.errlog"}

// Machine is a computer that is only a folder. It satisfies steps.Looker.
type Machine struct {
	about computer.About
	disk  disk.Reader
}

var _ computer.Looker = (*Machine)(nil)

// New takes root for drive C: of a computer if a Windows folder lies in it, for a folder of collected logs if one of
// the two logs does (any case). Anything else is an error with what to do: ErrNoWindows, OtherName, or that root is
// empty, missing or no folder.
func New(root string) (*Machine, error) {
	m, err := open(root)
	if err == nil {
		return m, nil
	}
	hint := "give a folder that contains Windows or WINNT, or the logs themselves: marsfix diagnose --root DIR"
	if errors.Is(err, ErrTwice) {
		hint = "put what the two hold into one folder, then run: marsfix diagnose --root DIR"
	}
	if other := (*OtherName)(nil); errors.As(err, &other) {
		hint = fmt.Sprintf("unpack the file if it is an archive, rename the log to %s, then run: marsfix diagnose --root DIR", other.Log)
	}
	return nil, screen.Hinted{Err: err, Hint: hint}
}

// Or is New, or the computer itself where no folder is named.
func Or(root string, itself func() (computer.Looker, error)) (computer.Looker, error) {
	if root == "" {
		return itself()
	}
	return New(root)
}

func open(root string) (*Machine, error) {
	if root == "" { // a variable without a value, perhaps: not the folder that marsfix was started in
		return nil, errors.New("--root needs a DIR, but its value is empty")
	}
	full, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("cannot look into \"%s\": %w", root, err)
	}
	entries, err := os.ReadDir(full)
	if err != nil {
		return nil, fmt.Errorf("cannot look into \"%s\": %w", root, cause(err))
	}
	m := &Machine{about: computer.About{Name: nameOf(full), Root: full}}
	drive := disk.NewMappedReader(map[byte]string{'C': full})
	if name := windowsIn(entries); name != "" {
		if err := spelledOnce(full, entries, name); err != nil {
			return nil, fmt.Errorf("cannot look into \"%s\": %w", root, err)
		}
		m.asDisk(name, drive)
		return m, nil
	}
	if !slices.ContainsFunc(entries, isLog) {
		return nil, fmt.Errorf("cannot look into \"%s\": %w", root, noLogs(entries))
	}
	m.asLogs(drive)
	return m, nil
}

// asDisk makes it a computer whose drive C: is the folder.
func (m *Machine) asDisk(windows string, drive disk.Reader) {
	dir := `C:\` + windows
	m.about.WindowsDir = dir
	m.about.WindowsNames = []string{windows}
	m.about.Temps = []string{dir + `\Temp`, dir + `\SystemTemp`}
	m.disk = once{ownerless{drive}, dir + `\Installer`}
}

// asLogs makes it a folder of logs: their drive C: has nothing but what lies directly in the folder, and of the rest of
// the computer's disk nothing is known. Which of its names the Windows folder had is not known either.
func (m *Machine) asLogs(drive disk.Reader) {
	m.about.DiskSilent = true
	m.about.WindowsDir = `C:\` + windows[0]
	m.about.WindowsNames = slices.Clone(windows)
	m.about.Temps = []string{`C:\`}
	m.disk = collected{ownerless{drive}}
}

// windowsIn is the proper name of the Windows folder among entries, empty without one. A link does not count: it would
// lead to this computer's.
func windowsIn(entries []os.DirEntry) string {
	for _, name := range windows {
		for _, e := range entries {
			if strings.EqualFold(e.Name(), name) && e.IsDir() {
				return name
			}
		}
	}
	return ""
}

// spelledOnce refuses a disk of whose folders that are looked into one is there twice: a collector has spelt it in two
// ways, and what lies in the second would be passed over.
func spelledOnce(root string, entries []os.DirEntry, windows string) error {
	dir, err := folderNamed(entries, windows)
	if err != nil {
		return err
	}
	inside, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		return cause(err)
	}
	for _, name := range []string{"Temp", "SystemTemp", "Installer"} {
		if _, err := folderNamed(inside, name); err != nil {
			return err
		}
	}
	return nil
}

// folderNamed is the one folder among entries that has a name, without case; empty without one.
func folderNamed(entries []os.DirEntry, name string) (found string, err error) {
	for _, e := range entries {
		switch {
		case !e.IsDir() || !strings.EqualFold(e.Name(), name):
		case found != "":
			return "", fmt.Errorf("it contains %w: %s and %s", ErrTwice, found, e.Name())
		default:
			found = e.Name()
		}
	}
	return found, nil
}

// nameOf is the folder's name, or all of its path where that is a root. A letter alone would be read as a drive of this
// computer: the folder above it is named as well.
func nameOf(full string) string {
	name, above := filepath.Base(full), filepath.Dir(full)
	switch {
	case above == full:
		return full
	case len(name) == 1 && filepath.Dir(above) != above:
		return filepath.Join(filepath.Base(above), name)
	}
	return name
}

// noLogs says why a folder is none of logs.
func noLogs(entries []os.DirEntry) error {
	for _, log := range logs {
		stem := strings.ToLower(strings.TrimSuffix(log, filepath.Ext(log)))
		for _, e := range entries {
			if !e.IsDir() && strings.Contains(strings.ToLower(e.Name()), stem) {
				return &OtherName{Name: e.Name(), Log: log}
			}
		}
	}
	return ErrNoWindows
}

func isLog(e os.DirEntry) bool {
	return !e.IsDir() && slices.ContainsFunc(logs, func(log string) bool { return strings.EqualFold(e.Name(), log) })
}

// cause takes the path off the system's error: ours names it as it was given.
func cause(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

func (m *Machine) About(context.Context) (computer.About, error) {
	about := m.about
	about.WindowsNames = slices.Clone(about.WindowsNames)
	about.Temps = slices.Clone(about.Temps)
	return about, nil
}

func (m *Machine) Disk() disk.Reader { return m.disk }
