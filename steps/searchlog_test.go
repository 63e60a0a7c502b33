package steps

import (
	"testing"

	"marsfix/logscan"
)

// What step 3 says of the log: of its last session before an earlier one, and of a cut line no more than is there.
func TestSearchSays(t *testing.T) {
	name := func(kind logscan.Kind, session int) logscan.Warning {
		return logscan.Warning{ID: "7b5ea8", Kind: kind, Session: session}
	}
	patch := logscan.Warning{Kind: logscan.LostPatch, Session: 2, Path: `C:\Windows\Installer\7b5eb1.msp`}
	for want, log := range map[string]logscan.PatchLog{
		"OBPatch.log says that 7b5ea8.msi is missing.": {Sessions: 2,
			Named: []logscan.Warning{name(logscan.Missing, 2)}, Patches: []logscan.Warning{patch}},
		"OBPatch.log warns about 7b5ea8.msi, and the line is cut off.": {Sessions: 1,
			Named: []logscan.Warning{name(logscan.Cut, 1)}},
		"OBPatch.log says that 7b5ea8.msi is missing, in an earlier session.": {Sessions: 2,
			Named: []logscan.Warning{name(logscan.Missing, 1)}},
		"OBPatch.log says that 7b5eb1.msp was not found.": {Sessions: 2,
			Named: []logscan.Warning{name(logscan.Missing, 1)}, Patches: []logscan.Warning{patch}},
		"OBPatch.log says that a patch without a name was not found.": {Sessions: 2,
			Patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 2}}},
		"OBPatch.log names no cached package.": {Sessions: 1},
	} {
		if says, _ := searchSays(Facts{Patch: log}); says != want {
			t.Errorf("%q, want %q", says, want)
		}
	}
	const unread = `OBPatch.log says that C:\Windows\Installer\3f2a91.msi could not be used.`
	f := Facts{Patch: logscan.PatchLog{Sessions: 1}, Reading: logscan.Reading{File: `C:\Windows\Installer\3f2a91.msi`}}
	if says, _ := searchSays(f); says != unread {
		t.Errorf("%q, want %q", says, unread)
	}
}

// The matches of earlier sessions do not look like those of the last, which decides.
func TestMatchesSayTheirSession(t *testing.T) {
	for session, want := range map[int]string{3: "all naming 7b5ea8.msi",
		2: "all naming 7b5ea8.msi, none in the last session"} {
		named := []logscan.Warning{{ID: "7b5ea8", Session: session}}
		if note := matchNote(logscan.PatchLog{Sessions: 3, Named: named}); note != want {
			t.Errorf("of session %d the note is %q, want %q", session, note, want)
		}
	}
}
