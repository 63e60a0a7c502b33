// Package computer is the interface between marsfix and a machine: what is asked of it, what its answers mean, and what
// they permit. It must never know a step.
package computer

import (
	"context"
	"errors"
	"strings"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// ErrSilent is the answer of a machine that cannot know: a mounted disk has no processes, a folder of logs no
// registration. A silent witness is named on the screen and does not change a verdict.
var ErrSilent = errors.New("this computer cannot be asked that")

// ErrNoDesktop is the answer of Start where no one can see a window (SSH, WinRM, a service).
var ErrNoDesktop = errors.New("no desktop is visible from here")

// About is what a computer says of itself.
type About struct {
	Name     string // computer name
	Label    string // what follows marsfix to walk here; its first word is shown ("practice"); empty: this computer
	System   string // name and version of its Windows
	Passing  bool   // its disk goes when the walk ends: what lies there is not worth naming then
	Still    bool   // nothing but marsfix changes anything on it: what is looked at again stays as it was
	Root     string // the folder given by --root, else empty
	Elevated bool
	// DiskSilent: there is no disk to ask, only collected logs.
	DiskSilent bool
	Desktop    bool // a visible window station: windows can be started and seen

	WindowsDir string // C:\Windows, from GetSystemWindowsDirectory
	// WindowsNames are the folder names that a logged path may have after its drive letter; usually just that of
	// WindowsDir.
	WindowsNames   []string
	Temps          []string // folders in which the logs are looked for, in order
	InstallerSpots []string // folders in which the update installer is looked for, in order
	DataDir        string   // C:\ProgramData
	ProgramFiles   string   // C:\Program Files
	CleanerDirs    []string // folders to which known cache cleaners move packages
	SystemFiles    []string // files that Windows itself ships with a signature inside, the likeliest first
	RestartPending bool
	OtherMarsfix   string // the user who runs marsfix on this computer just now, else empty
}

// Command is what walks on this computer, ready to type.
func (a About) Command() string {
	return screen.Command(a.Label)
}

// Typed settles problems, and makes their hints name the command that walks here: their flags are its own as well.
func (a About) Typed(ps []screen.Problem) []screen.Problem {
	own := make([]screen.Problem, len(ps))
	for i, p := range ps {
		p = a.Settled(p)
		if own[i] = p; a.Label == "" {
			continue
		}
		p.Cure = strings.ReplaceAll(p.Cure, "marsfix --", a.Command()+" --")
		if p.Code == screen.CodeWizardRunning && p.Cure != "" {
			p.Cure = "on the " + screen.Named(a.Label) + " computer, marsfix closes its window for you"
		}
		if a.Still {
			p = p.Staying()
		}
		own[i] = p
	}
	return own
}

// Undo takes the copies of a walk back, ready to type. A practice computer has no such thing.
const Undo = "marsfix undo"

// Told is a path on the computer's disk as it is told after the walk, empty where the disk goes with it.
func (a About) Told(path string) string {
	switch {
	case a.Passing || path == "":
		return ""
	case a.Label != "":
		return path + " on the " + screen.Named(a.Label) + " computer's disk"
	}
	return path
}

// Product is one Windows Installer registration, read with the 64-bit view. Unreadable properties are empty.
type Product struct {
	Name, Version, ProductCode string
	PackageCode                string // {…} of the cached package, the property PackageCode
	LocalPackage               string // path of the cached package
	LastUsedSource             string // folder
	InstallSource              string // folder
	PackageName                string // file name that the source has (property PackageName)
	Patches                    []Patch
	Err                        string // why something of it could not be read, with the property's name; else empty
}

// Patch is a registered patch of a product (MsiEnumPatchesEx, MsiGetPatchInfoEx).
type Patch struct {
	Code, Name, LocalPackage string
	State                    PatchState
	LastUsedSource           string // folder
	PackageName              string // file name that the source has
	Err                      string // why something of it could not be read, with the property's name; else empty
}

// PatchState is how a patch stands in its product; empty when nobody told.
type PatchState string

const (
	PatchApplied    PatchState = "applied"
	PatchSuperseded PatchState = "superseded"
	PatchObsoleted  PatchState = "obsoleted"
	PatchRegistered PatchState = "registered" // and not applied yet
)

// Known is an answer that a computer may owe.
type Known uint8

const (
	Unknown Known = iota // nobody could look
	Yes
	No
)

// Process is a running process that belongs to an upgrade wizard.
type Process struct {
	PID, Parent int
	Image       string // full path
	Title       string // of its window, when it owns one that can be seen from here
	Session     uint32
	User        string
	Own         Known // it runs as the account that marsfix runs as
	Elevated    Known // it has an administrator's rights
	Started     time.Time
	Ours        bool // a member of the job, or a descendant, of an installer that Start started
}

// Service is a Windows service.
type Service struct {
	Name, Display string
	Image         string
	State         string // running, start pending, stopped, …; empty: not installed
}

// Run is how an installer started by Start is doing.
type Run struct {
	Processes []Process // what still runs of it
	Ended     bool      // the first process has ended
	Coded     bool      // and with what is known
	Code      uint32    // its exit code
}

// Looker is all that looking needs: diagnose gets nothing else. Every method may answer ErrSilent.
type Looker interface {
	About(ctx context.Context) (About, error)
	Disk() disk.Reader
	// Products lists every registered product, or those that could be read; a corrupt one carries its Err.
	Products(ctx context.Context) ([]Product, error)
	// Wizards lists the processes of upgrade wizards, whoever started them.
	Wizards(ctx context.Context) ([]Process, error)
	// Services answers for the agent's two: the backup service (obengine) first, then the management agent.
	Services(ctx context.Context) ([]Service, error)
	// FileVersion is the version of a program file ("2.0.9262.0"), empty where it has none.
	FileVersion(ctx context.Context, f disk.File) (string, error)
	// Signature checks the embedded signature of an opened file. An error means that it could not be checked at all.
	Signature(ctx context.Context, f disk.File) (Signature, error)
	// Busy reports whether Windows Installer is busy with another installation.
	Busy(ctx context.Context) (bool, error)
}

// Machine is a Looker on which things can be changed.
type Machine interface {
	Looker
	Writer() disk.Writer
	// Start starts a program by its full path with no switch, in its own folder, and tells its process id.
	Start(ctx context.Context, program string) (pid int, err error)
	// Follow tells how the program started as pid, and all that it started, is doing.
	Follow(ctx context.Context, pid int) (Run, error)
}

// Hand plays the engineer's click in the wizard's window. Only a computer without real windows has one.
type Hand interface {
	CloseWizard(ctx context.Context) error
}

// Elevator is a computer that can start marsfix again with an administrator's rights, in a console of its own, and wait
// for it.
type Elevator interface {
	Elevate(ctx context.Context) (code int, err error)
}
