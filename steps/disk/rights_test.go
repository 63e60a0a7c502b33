package disk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// parseRights reads a security descriptor as Windows writes it, as far as these tests write one: O:, then D: with its
// entries, or none.
func parseRights(t *testing.T, sddl string) rights {
	t.Helper()
	names := map[string]string{"SY": sidSystem, "BA": sidAdministrators, "CO": sidCreatorOwner, "WD": sidEveryone,
		"TI": sidTrustedInstaller,
		"BU": "S-1-5-32-545", "AU": "S-1-5-11", "IU": "S-1-5-4", "OW": "S-1-3-4"}
	masks := map[string]uint32{"FA": 0x1f01ff, "FR": 0x120089, "FX": 0x1200a0, "GA": 0x10000000, "GW": 0x40000000,
		"GR": 0x80000000, "WD": 0x40000, "WO": 0x80000, "SD": 0x10000}
	kinds := map[string]uint8{"A": entryAllows, "D": entryDenies}
	sid := func(s string) string {
		if strings.HasPrefix(s, "S-") {
			return s
		}
		if names[s] == "" {
			t.Fatalf("%s: no account %q", sddl, s)
		}
		return names[s]
	}
	owner, list, has := strings.Cut(strings.TrimPrefix(sddl, "O:"), "D:")
	owner, _, _ = strings.Cut(owner, "G:")
	r := rights{owner: sid(owner), open: !has || list == "NO_ACCESS_CONTROL"}
	_, list, _ = strings.Cut(list, "(")
	for entry := range strings.SplitSeq(strings.TrimSuffix(list, ")"), ")(") {
		if entry == "" {
			continue
		}
		part := strings.Split(entry, ";")
		mask, named := masks[part[2]]
		if !named {
			n, err := strconv.ParseUint(part[2], 0, 32)
			if err != nil {
				t.Fatalf("%s: %v", sddl, err)
			}
			mask = uint32(n)
		}
		kind, known := kinds[part[0]]
		if !known {
			t.Fatalf("%s: no kind of entry %q", sddl, part[0])
		}
		e := rightsEntry{kind: kind, mask: mask, sid: sid(part[5])}
		if strings.Contains(part[1], "IO") {
			e.flags = entryInheritOnly
		}
		r.entries = append(r.entries, e)
	}
	return r
}

// ownership says what becomes of an owner and a list of rights. The same texts are given to Windows' own reader of
// them.
var ownership = []struct {
	sddl string
	flaw Flaw // 0: it is in good hands
}{
	{privateFolderRights, 0},
	{privateFileRights, 0},
	{"O:SYG:SYD:P(A;OICI;FA;;;SY)(D;;FA;;;WD)(A;OICIIO;GA;;;CO)", 0},
	{"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)", 0}, // users may read
	{"O:BAG:BAD:P(A;;GR;;;WD)(A;;FX;;;BU)", 0},                               // everybody may read, users may run it
	{"O:BAG:BAD:P", 0}, // nobody has any right
	{"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)", OpenToOthers},
	{"O:BAG:BAD:P(A;OICI;FA;;;BA)(A;;GW;;;WD)", OpenToOthers},
	{"O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;0x2;;;BU)", OpenToOthers},   // users may add files
	{"O:BAG:BAD:P(A;OICI;FA;;;BA)(A;CI;0x4;;;BU)", OpenToOthers},     // users may add folders, as in ProgramData
	{"O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICIIO;0x2;;;BU)", OpenToOthers}, // write to files in it
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;0x10;;;AU)", OpenToOthers},          // extended attributes
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;0x40;;;AU)", OpenToOthers},          // delete what is in it
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;0x100;;;AU)", OpenToOthers},         // attributes: enough to make a folder a junction
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;SD;;;AU)", OpenToOthers},            // rename it
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;WD;;;AU)", OpenToOthers},            // change its rights
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;WO;;;AU)", OpenToOthers},            // become its owner
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;0x2000000;;;AU)", OpenToOthers},     // as much as possible
	{"O:BAG:BAD:P(A;;FA;;;BA)(A;;GA;;;AU)", OpenToOthers},            // everything
	{"O:BAG:BAD:P(A;;FA;;;CO)", OpenToOthers},                        // who is that, once it is not inherited?
	{"O:BAG:BAD:P(A;;FA;;;S-1-5-21-1-2-3-1001)", OpenToOthers},
	{"O:BAG:BA", OpenToOthers}, // no list
	{"O:BUG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", ForeignOwner},
	{"O:S-1-5-21-1-2-3-1001G:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", ForeignOwner},
	{"O:WDG:WDD:P(A;OICI;FA;;;WD)", ForeignOwner}, // what a file system without owners shows
}

func wantFlaw(what string, err error, want Flaw) error {
	var not *NotPrivateError
	switch {
	case want == 0 && err == nil:
		return nil
	case errors.As(err, &not) && not.Flaw == want && (want == NotFolder || want == FolderLink || not.Who != ""):
		return nil
	}
	return fmt.Errorf("%s: %v, want flaw %d", what, err, want)
}

func TestJudgesOwnersAndRights(t *testing.T) {
	for _, tt := range ownership {
		if err := wantFlaw(tt.sddl, parseRights(t, tt.sddl).flaw(""), tt.flaw); err != nil {
			t.Error(err)
		}
	}
	if (rights{}).flaw("") == nil { // Windows can tell none
		t.Error("what has no owner is in good hands")
	}
	for kind, want := range map[uint8]Flaw{entryDenies: 0, entryDeniesObj: 0, entryDeniesMaybe: 0, entryDeniesObjIf: 0,
		entryAllowsMaybe: OpenToOthers,
		5:                OpenToOthers, 2: OpenToOthers, 255: OpenToOthers} {
		for _, e := range []rightsEntry{{kind: kind, mask: 0x2, sid: sidEveryone}, {kind: kind, sid: sidEveryone},
			{kind: kind, mask: 0x2, sid: sidSystem}} {
			if kind == entryAllowsMaybe && (e.mask == 0 || e.sid == sidSystem) {
				continue // harmless
			}
			r := rights{owner: sidAdministrators, entries: []rightsEntry{e}}
			if err := wantFlaw(fmt.Sprintf("an entry %+v", e), r.flaw(""), want); err != nil {
				t.Error(err)
			}
		}
	}
}

// Where the file system shows the own account as the owner of everything, that account stands for Administrators, and
// no other does.
func TestTheOwnAccountCountsOnlyWhereItOwnsEverything(t *testing.T) {
	const own, other = "S-1-5-21-0-0-0-1000", "S-1-5-21-0-0-0-1001"
	for _, tt := range []struct {
		sddl, also string
		flaw       Flaw
	}{
		{"O:" + own + "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;" + own + ")", own, 0},
		{"O:" + own + "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;" + own + ")", "", ForeignOwner},
		{"O:BAD:(A;OICI;FA;;;" + own + ")", "", OpenToOthers},
		{"O:" + own + "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;" + own + ")(A;;0x1301ff;;;WD)", own, OpenToOthers},
		{"O:" + other + "D:(A;OICI;FA;;;SY)", own, ForeignOwner},
		{"O:" + own + "D:(A;OICI;FA;;;" + other + ")", own, OpenToOthers},
	} {
		if err := wantFlaw(tt.sddl+" for "+tt.also, parseRights(t, tt.sddl).flaw(tt.also), tt.flaw); err != nil {
			t.Error(err)
		}
	}
}

// What marsfix makes names nobody but SYSTEM and Administrators, and inherits nothing.
func TestGrantsNothingToOthers(t *testing.T) {
	for _, sddl := range []string{privateFolderRights, privateFileRights} {
		if !strings.Contains(sddl, "D:P(") {
			t.Errorf("%s inherits rights", sddl)
		}
		r := parseRights(t, sddl)
		if r.owner != sidAdministrators || len(r.entries) != 2 {
			t.Errorf("%s: %+v", sddl, r)
		}
		for _, e := range r.entries {
			if e.sid != sidSystem && e.sid != sidAdministrators {
				t.Errorf("%s grants something to %s", sddl, e.sid)
			}
		}
	}
}
