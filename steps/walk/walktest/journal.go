package walktest

import (
	"os"
	"testing"
)

const (
	OwnFolder     = `C:\Program Files\marsfix`
	OwnJournal    = OwnFolder + `\journal.jsonl`
	FormerFolder  = `C:\ProgramData\marsfix`
	FormerJournal = FormerFolder + `\journal.jsonl`
)

func JournalOf(t *testing.T, r *Rig) []byte {
	t.Helper()
	content, err := os.ReadFile(r.Host(OwnJournal))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
