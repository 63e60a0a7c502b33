package look

import (
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Given is what the command line names outright; an empty field means that marsfix looks itself.
type Given struct {
	Installer, PatchLog, SetupLog string
}

// Facts is all that a walk knows. It is a value: a look gets a copy and returns a copy, and slices in it are replaced,
// never written into. Only Session keeps one between two looks.
type Facts struct {
	Given   Given
	About   computer.About
	Choices Choices

	Wizards       []computer.Process // upgrade wizards running now
	WizardsUnseen *screen.Problem    // why nobody could look: that is no "none"
	WizardSince   time.Time          // since when one is in the way, zero when none is
	Busy          bool               // a Windows Installer transaction runs
	BusyUnseen    *screen.Problem    // why nobody could ask: that is no "no"
	Services      []computer.Service
	FreeWindows   uint64            // bytes free on the Windows drive; 0 when not known
	Checks        []selfcheck.Check // of what later steps will ask; nil until asked

	Registration computer.Registration
	PatchLog     LogFile
	Patch        logscan.PatchLog
	Reading      logscan.Reading       // of its last session, line by line
	Around       []screen.LogLine      // the chosen line of OBPatch.log with its neighbours
	Cache        map[string]cache.File // by lower-case path; nil where there is no cache to ask
	// in whose hands the cache folder is, when not in those of SYSTEM and Administrators alone
	cacheFolder *screen.Problem
	moved       []string // where known cleaners have put the package
	Decision    Decision

	Installers []installer.Program // the update installers found, newest first
	InPlace    InPlace             // one that can only be started where it lies
	Swept      []installer.Swept   // what the last start found of earlier ones
	Browsing   []Entry             // the folder shown for choosing another file
	Start      Start

	SetupLog LogFile
	Setup    logscan.SetupLog
	Folder   Folder

	File LostFile // the lost file at hand
	// all of them, as step 5 named them and steps 9 and 10 left them; File is the later word on the one at hand
	Files []LostFile
	At    int // which of them that is

	Leftovers []disk.Info // temporary files of interrupted copies in the cache
	Past      []Copied    // copies of earlier rounds

	Upgrade Upgrade
	Packing []screen.Row    // what would go into the zip for Microsoft Support
	Packed  string          // the zip that was written
	Trouble *screen.Problem // what stopped the last act; nil when it went well
}

// LogFile is a log as a file.
type LogFile struct {
	Path       string
	Info       disk.Info
	Owner      disk.Owner
	Encoding   string           // how its text is encoded; empty when it holds nothing
	Read       bool             // its bytes could be read
	Trouble    *screen.Problem  // why not, or why it says nothing
	Denied     bool             // the trouble is that access was denied
	Also       []string         // other places where one lies, older
	unseen     []screen.Problem // places at which one lies, or may, and nobody could look
	unreadable []screen.Problem // logs that we were denied: one of them may be newer
}

// Entry is a line of a folder shown for choosing.
type Entry struct {
	Name, Path string
	Dir        bool
	Size       int64
	Written    time.Time
}

// Start is the installer that marsfix started, or the wizard that was already there.
type Start struct {
	PID     int
	At      time.Time
	Since   time.Time // since when it is waited for what it writes: its start has returned
	Program string
	// LogID and LogSize are the set-up log before the start; LogSize is -1 when nothing was noted.
	LogID   disk.ID
	LogSize int64
	Found   bool // not started by marsfix: a wizard that ran already
	installer.Origin
}

// Folder is the extraction folder.
type Folder struct {
	Path      string
	From      string // "log", "process" or "chosen"
	Exists    bool
	Unknown   bool // whether it exists nobody could look: its drive is not here, or there is no disk
	Line      logscan.FolderLine
	Witnesses []screen.Witness // what besides the log speaks for it
	Options   []screen.Option  // folders to choose from
	Stranger  string           // who runs a program from it that is no wizard of this repair; empty: nobody
	Unseen    error            // why nobody could look whether a process runs from one
	Around    []screen.LogLine
	Waited    bool // nothing new in the log within the time allowed
	Told      bool // a process of the installer tells it meanwhile
	Removable bool // it is on a stick or a card
}

// Target is what stands under the name that the lost file has to get.
type Target struct {
	cache.Package
	Usable  bool
	Why     string          // why not usable
	Folder  *screen.Problem // in whose hands the cache folder is, when in wrong ones
	Changed bool            // the registration names another package than before
	Unread  *screen.Problem // why nobody can tell whether it does
	Free    uint64          // bytes free beside it; 0 when not known
}

// Copied is a copy that was made.
type Copied struct {
	Done     bool
	From, To string
	SHA256   string
	Size     int64
	Aside    string // where the unusable file went that stood under the name; empty when none did
	At       time.Time
	Shared   bool // others could write to the source meanwhile
}

// Upgrade is the final run.
type Upgrade struct {
	Begun          bool
	Ended          bool
	Judged         bool // its outcome has been read
	PID            int
	At             time.Time
	EndedAt        time.Time
	Code           uint32
	HasCode        bool
	Noted          bool   // what the next three say was noted before it begins
	Before         string // version registered before
	logID          disk.ID
	LogSize        int64
	logTail        string // hash of the last bytes before LogSize
	NewLog         bool   // OBPatch.log has a new part
	Log            logscan.PatchLog
	After          computer.Registration
	Lost           []LostFile // what the product has lost after it
	Services       []computer.Service
	ServicesUnseen *screen.Problem    // why nobody could look at them
	Running        []computer.Process // what still runs of it
	Left           []computer.Process // wizards that were open when it was begun, and were left so
	// since when no wizard of it is open and Windows Installer is idle, and it has not ended; else zero
	QuietSince time.Time
	Unseen     *screen.Problem // why nobody can tell whether it has ended
	Said       bool            // that it has ended is the engineer's word
	installer.Origin
}

// InPlace is an installer of which no private copy could be made, and the question whether to start it where it lies.
type InPlace struct {
	Program installer.Program
	Offered bool     // it lies on a drive that stays in the computer, and what lies beside it is known
	Beside  []string // what it may load from there
	Typing  bool     // the question stands
	Agreed  bool     // and was answered
}

// Env is what a look gets besides the computer.
type Env struct {
	Now    time.Time
	Report func(screen.Progress)
	Own    disk.Writer // for trying marsfix's own folder; nil: nothing may be written
}
