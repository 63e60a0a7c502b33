package look

import (
	"fmt"
	"regexp"
	"testing"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// A story is what log, registration and disk say, and what must come of it.
type story struct {
	log      []logscan.Warning // newest first
	patches  []logscan.Warning
	unread   bool // the log could not be read
	denied   bool // because access was denied
	hostile  bool // the log holds suspicious names
	products []computer.Product
	silent   bool // no registration
	disk     map[string]cache.File
	noDisk   bool
	ends     []logscan.Outcome // of the last session; none: it went through, with 0
	reading  logscan.Reading
	through  int64      // where a session before the last went through
	others   []OtherLog // the other logs

	verdict Verdict
	id      string
	logID   string        // shown as old
	codes   []screen.Code // of the problems
}

func named(id string, kind logscan.Kind) logscan.Warning {
	w := logscan.Warning{Kind: kind, Session: 1, At: 5, ID: id, Path: `C:\Windows\Installer\` + id + `.msi`}
	w.Number = 7
	return w
}

func mars(local string) computer.Product {
	return computer.Product{Name: computer.AgentName, ProductCode: "{MARS}",
		PackageCode: "{0B8E9A66-8B1D-4C0B-9C55-1B7C6B8E4A01}", LocalPackage: local}
}

func disks(aaaFile, bbbFile cache.File) map[string]cache.File {
	return map[string]cache.File{`c:\windows\installer\aaa.msi`: aaaFile, `c:\windows\installer\bbb.msi`: bbbFile,
		`c:\windows\installer\bbb.msp`: bbbFile}
}

// lostSource is how a session ends that lost its source and names nothing.
var lostSource = []logscan.Outcome{{HasCode: true, Code: 1612,
	Error: logscan.Line{Number: 3, Text: "MainEngineThread is returning 1612"}}}

// failedOtherwise is how a session ends that another installation stopped.
var failedOtherwise = []logscan.Outcome{{HasCode: true, Code: 1618}}

// earlier is a warning of a session before the last.
func earlier(id string) logscan.Warning {
	w := named(id, logscan.Missing)
	w.Session, w.At = 0, 1
	return w
}

func patched(local, patch string) computer.Product {
	p := mars(local)
	p.Patches = []computer.Patch{{Code: "{PATCH}", Name: "KB1", LocalPackage: patch}}
	return p
}

// unpackaged is an agent whose registration does not tell its package, with patches by their places.
func unpackaged(patches ...string) computer.Product {
	p := computer.Product{Name: computer.AgentName, ProductCode: "{2}", Err: "LocalPackage: 1610"}
	for _, at := range patches {
		p.Patches = append(p.Patches, computer.Patch{Code: "{PATCH}", Name: "KB1", LocalPackage: at})
	}
	return p
}

func (s story) facts() Facts {
	f := Facts{About: computer.About{WindowsDir: `C:\Windows`, DiskSilent: s.noDisk}, Cache: s.disk}
	f.Registration = computer.Registration{Products: s.products, Silent: s.silent}
	f.PatchLog = LogFile{Path: `C:\Windows\Temp\OBPatch.log`, Read: !s.unread, Denied: s.denied}
	if s.unread {
		f.PatchLog.Trouble = &screen.Problem{Code: screen.CodeLogMissing}
	}
	if s.denied {
		f.PatchLog.Trouble = &screen.Problem{Code: screen.CodeNeedsElevation}
	}
	f.Patch = logscan.PatchLog{Sessions: 1, Named: s.log, Patches: s.patches,
		LastSession: logscan.Outcome{HasCode: true}}
	for _, o := range s.ends {
		f.Patch.LastSession = o
	}
	f.Reading = s.reading
	f.Reading.ThroughAt = s.through
	for i, o := range s.others {
		o.Path = fmt.Sprintf(`C:\Windows\Temp%d\OBPatch.log`, i)
		o.Read = o.Trouble == nil || o.Trouble.Code == screen.CodeNotUnderstood
		for _, list := range [][]logscan.Warning{o.Patch.Named, o.Patch.Patches} {
			for j := range list {
				list[j].Log = o.Path
			}
		}
		f.Others = append(f.Others, o)
	}
	if s.hostile {
		f.Patch.Suspicious, f.Patch.SuspiciousCount = []logscan.Warning{{Path: `\\host\x.msi`, At: 9}}, 1
	}
	return f
}

func (s story) check(t *testing.T) {
	c := Decide(s.facts())
	if c.Verdict != s.verdict || c.ID != s.id || c.LogID != s.logID {
		t.Errorf("verdict %s, id %q, old %q; want %s, %q, %q (%s)", c.Verdict, c.ID, c.LogID, s.verdict, s.id,
			s.logID, c.Reason)
	}
	if knows := regexp.MustCompile(`registered|registration|[Ll]og|disk`); !knows.MatchString(c.Reason) &&
		c.Verdict == Healthy || c.Reason == "" {
		t.Errorf("nobody is named who knows: %q", c.Reason)
	}
	if len(c.Problems) != len(s.codes) {
		t.Errorf("problems %v, want %v", c.Problems, s.codes)
	}
	for _, want := range s.codes {
		if !HasCode(c.Problems, want) {
			t.Errorf("problems %v, want %s", c.Problems, want)
		}
	}
}
