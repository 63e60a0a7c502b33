package diagnose_test

import (
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/walk/walktest"
)

// sealed is a computer whose cached files cannot be opened.
type sealed struct {
	computer.Looker
	cause error
}

func (s sealed) Disk() disk.Reader { return sealedDisk{s.Looker.Disk(), s.cause} }

type sealedDisk struct {
	disk.Reader
	cause error
}

func (d sealedDisk) Open(path string, share disk.Share) (disk.File, error) {
	if strings.Contains(strings.ToLower(path), `\installer\`) {
		return nil, &fs.PathError{Op: "open", Path: path, Err: d.cause}
	}
	return d.Reader.Open(path, share)
}

// A file in its place is looked into, on a folder too: nothing that Windows Installer would refuse is called healthy,
// and nothing is said of what could not be opened.
func TestInPlaceMeansUsable(t *testing.T) {
	good, patch := string(walktest.GoodPackage(t)), string(walktest.GoodPatch(walktest.PatchCode))
	const (
		named = walktest.EnginePre + "Warning: Local cached package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n"
		lost  = walktest.EnginePre + "Couldn't find local patch 'C:\\Windows\\Installer\\77aa1.msp'. Looking for it at its source.\n"
	)
	for name, tt := range map[string]struct {
		text   string // of the file in place
		sealed error
		msi    look.Verdict // of a log that names the file as its package
		msp    look.Verdict // as its patch: only a registration could tell which one has to be put back
	}{
		"empty":              {"", nil, look.RepairNeeded, look.Unclear},
		"a word":             {"hello", nil, look.RepairNeeded, look.Unclear},
		"a page":             {"<html>" + strings.Repeat("x", 9000), nil, look.RepairNeeded, look.Unclear},
		"zeros":              {strings.Repeat("\x00", 9000), nil, look.RepairNeeded, look.Unclear},
		"a folder":           {"(folder)", nil, look.RepairNeeded, look.Unclear},
		"a header alone":     {good[:512], nil, look.RepairNeeded, look.Unclear},
		"a package":          {good, nil, look.Healthy, look.Unclear},
		"half a package":     {good[:len(good)/2], nil, look.RepairNeeded, look.Unclear},
		"a patch":            {patch, nil, look.RepairNeeded, look.Healthy},
		"half a patch":       {patch[:len(patch)/2], nil, look.RepairNeeded, look.Unclear},
		"denied":             {good, fs.ErrPermission, look.Unclear, look.Unclear},
		"held":               {good, disk.ErrShared, look.Unclear, look.Unclear},
		"a patch and denied": {patch, fs.ErrPermission, look.Unclear, look.Unclear},
	} {
		for file, want := range map[string]look.Verdict{"3f2a91.msi": tt.msi, "77aa1.msp": tt.msp} {
			t.Run(name+" as "+file, func(t *testing.T) {
				line := named
				if file == "77aa1.msp" {
					line = lost
				}
				l, err := offline.New(walktest.Files(t, map[string]string{"Windows/Installer/" + file: tt.text,
					"Windows/Temp/OBPatch.log": walktest.Opening + walktest.UsualTalk + line + walktest.Returned +
						"1603\n" + walktest.Closing}))
				if err != nil {
					t.Fatal(err)
				}
				looker := computer.Looker(l)
				if tt.sealed != nil {
					looker = sealed{l, tt.sealed}
				}
				d := walktest.Look(t, looker)
				if d.Verdict != want {
					t.Errorf("%s %v: %s", d.Verdict, codes(d), d.Reason)
				}
				said := d.Reason
				for _, p := range d.Problems {
					said += " " + p.Message
				}
				if want == look.RepairNeeded && !strings.Contains(said, "cannot be used") {
					t.Errorf("of a file that is there is said: %s", said)
				}
				if tt.sealed != nil && (strings.Contains(said, "missing") || strings.Contains(said, "cannot be used")) {
					t.Errorf("of what nobody could look into is said: %s", said)
				}
				if want == look.Unclear && len(d.Problems) == 0 {
					t.Error("nobody is told what to do")
				}
				fits(t, d)
			})
		}
	}
}
