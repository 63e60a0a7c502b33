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

// Given is what the command line names; where a field is empty marsfix looks itself.
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
	WizardsUnseen *screen.Problem    // why that could not be asked: then no Wizards does not mean "none"
	WizardSince   time.Time          // since when one has been in the way, zero when none is
	Busy          bool               // a Windows Installer transaction runs
	BusyUnseen    *screen.Problem    // why that could not be asked: then false does not mean "no"
	Services      []computer.Service
	FreeWindows   uint64            // bytes free on the Windows drive; 0 when not known
	Checks        []selfcheck.Check // whether later steps can ask what they will; nil until asked

	Registration computer.Registration
	PatchLog     LogFile
	Patch        logscan.PatchLog
	Reading      logscan.Reading       // of its last session, line by line
	Others       []OtherLog            // the other logs, where no registration tells what is lost; the latest first
	Around       []screen.LogLine      // the chosen line of OBPatch.log with its neighbours
	Cache        map[string]cache.File // by lower-case path; nil where there is no cache to ask
	// in whose hands the cache folder is, when not in those of SYSTEM and Administrators alone
	cacheFolder *screen.Problem
	moved       []string // where known cleaning tools have put the package
	Decision    Decision

	Installers []installer.Program // the update installers found, newest first
	InPlace    InPlace             // one that can only be started where it lies
	Swept      []installer.Swept   // what the last start found of earlier ones
	Browsing   []Entry             // the folder shown for choosing another file
	Unlisted   int                 // how many more entries it has than are shown
	Start      Start
	Opened     bool // marsfix has started an installer in this walk, whatever has become of that

	SetupLog LogFile
	Setup    logscan.SetupLog
	Folder   Folder

	File LostFile // the current one of the lost files
	// all of them, as step 5 named them and steps 9 and 10 left them; of the current one File is newer
	Files []LostFile
	At    int // the index of the current one

	Leftovers []disk.Info // temporary files of interrupted copies in the cache
	Past      []Copied    // copies of earlier rounds

	Upgrade Upgrade
	Packing []screen.Row    // what would go into the zip for Microsoft Support
	Packed  string          // the zip that was written
	Trouble *screen.Problem // what stopped the last act; nil when it went well
}

// LogFile is a log as a file on the disk; what it says is in [Facts] beside it.
type LogFile struct {
	Path       string
	Info       disk.Info
	Owner      disk.Owner
	Encoding   string           // how its text is encoded; empty when it holds nothing
	Read       bool             // its bytes could be read
	Trouble    *screen.Problem  // why it could not be read, or says nothing; nil: it can be used
	Denied     bool             // the trouble is that access was denied
	Also       []LogFile        // others that can be read, the latest first
	Unordered  bool             // of one of those: that it is the older one is not known
	unseen     []screen.Problem // places that could not be examined: another one may be there
	unreadable []screen.Problem // logs to which access was denied: one of them may be newer
}

// Entry is a line of a folder shown for choosing.
type Entry struct {
	Name, Path string
	Dir        bool
	Size       int64 // bytes
	Written    time.Time
}

// Start is the installer that marsfix started, or the wizard that was already there.
type Start struct {
	PID     int
	At      time.Time
	Since   time.Time // when the start returned: from then on it has a limited time to write its log
	Program string
	// LogID and LogSize, in bytes, are the set-up log before the start; LogSize is -1 when nothing was noted.
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
	Unknown   bool // whether it exists is not known: its drive is not here, or there is no disk
	Line      logscan.FolderLine
	Witnesses []screen.Witness // what besides the log speaks for it
	Options   []screen.Option  // folders to choose from
	Stranger  string           // who runs a program from it without belonging to this repair; empty: nobody
	Unseen    error            // why it is not known whether a process runs from such a folder
	Around    []screen.LogLine
	Waited    bool // nothing new in the log within the time allowed
	Told      bool // meanwhile a process of the installer shows where it is
	Removable bool // it is on a stick or a card
}

// Target is what is on the disk at the lost file's place: nothing, or a file that stands in the way.
type Target struct {
	cache.Package
	Usable  bool
	Why     string          // why not usable
	Folder  *screen.Problem // others than SYSTEM and Administrators can write to the cache folder
	Changed bool            // the registration names another package than before
	Unread  *screen.Problem // why that is not known
	Free    uint64          // bytes free beside it; 0 when not known
}

// Copied is a copy that was made.
type Copied struct {
	Done     bool
	From, To string
	SHA256   string
	Size     int64  // bytes
	Aside    string // where the unusable file went that stood under the name; empty when none did
	At       time.Time
	Shared   bool   // others could write to the source meanwhile
	Risk     string // what spoke against the file and was accepted by typing, as a clause; empty: nothing did
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
	Noted          bool   // the next three were noted before it began
	Before         string // version registered before
	logID          disk.ID
	LogSize        int64
	logTail        string // hash of the last bytes before LogSize
	NewLog         bool   // OBPatch.log has a new part
	Log            logscan.PatchLog
	After          computer.Registration
	Lost           []LostFile // files that the product has lost, looked for after it
	Services       []computer.Service
	ServicesUnseen *screen.Problem    // why they could not be asked for
	Running        []computer.Process // what still runs of it
	Left           []computer.Process // wizards that were open when it was begun, and were left so
	// since when no wizard of it is open and Windows Installer is idle, and it has not ended; else zero
	QuietSince time.Time
	Unseen     *screen.Problem // why it is not known whether it has ended
	Said       bool            // the engineer said that it has ended
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
