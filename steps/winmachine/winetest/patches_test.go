//go:build linux

package winetest_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"marsfix/steps/practice"
	"marsfix/steps/winmachine/winetest"
)

// The registered patch of these computers, and how the registry spells its code and the agent's.
const (
	patchCode   = "{0A1B2C3D-1111-4222-8333-444455556666}"
	patchID     = "77aa1"
	packedPatch = "D3C2B1A0111122243833444455556666"
	packedAgent = "C61D6EFF78F32914FA49DDEBFF611560"
	foreignCode = "{0A1B2C3D-7777-4888-9999-AAAABBBBCCCC}"
)

func cachedPatch() string { return cacheFolder + `\` + patchID + ".msp" }

func msp(code string) []byte {
	return practice.Patch{Code: code, Targets: []string{agentCode}, Title: "KB5012345"}.Bytes()
}

// patched is a computer whose agent has a patch registered, with both cached files in place; brought is what its
// installer brings of patches, by name.
func patched(t *testing.T, brought map[string][]byte) *patient {
	t.Helper()
	p := admit(t)
	const installer = `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\S-1-5-18\`
	const classes = `HKLM\SOFTWARE\Classes\Installer\`
	add := func(key, name, kind, value string) {
		p.MustRun("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f")
	}
	add(installer+`Patches\`+packedPatch, "LocalPackage", "REG_SZ", cachedPatch())
	patches := installer + `Products\` + packedAgent + `\Patches`
	add(patches, "AllPatches", "REG_MULTI_SZ", packedPatch)
	add(patches+`\`+packedPatch, "State", "REG_DWORD", "1")
	add(patches+`\`+packedPatch, "DisplayName", "REG_SZ", "KB5012345")
	add(patches+`\`+packedPatch, "PatchType", "REG_DWORD", "0")
	add(classes+`Products\`+packedAgent+`\Patches`, "Patches", "REG_MULTI_SZ", packedPatch)
	add(classes+`Products\`+packedAgent+`\Patches`, packedPatch, "REG_SZ", ":T1")
	add(classes+`Patches\`+packedPatch+`\SourceList`, "PackageName", "REG_SZ", "agent.msp")
	add(classes+`Patches\`+packedPatch+`\SourceList`, "LastUsedSource", "REG_SZ", `n;1;C:\gone\`)
	p.Write(cachedPatch(), msp(patchCode))
	config := map[string]any{"package": offered, "product": agentCode, "drive": "C", "registered": cachedPatch()}
	var paths []string
	for name, content := range brought {
		p.Write(`C:\new\`+name, content)
		paths = append(paths, `C:\new\`+name)
	}
	config["patches"] = paths
	written, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	p.Write(`C:\standin.json`, written)
	if code := p.Reinstall(agentCode); code != 0 {
		t.Fatalf("with all in place the re-install ends with %d", code)
	}
	return p
}

// emptied is patched with both files lost, and the upgrade failed.
func emptied(t *testing.T, brought map[string][]byte) *patient {
	t.Helper()
	p := patched(t, brought)
	p.Lose(p.agent)
	p.Remove(cachedPatch())
	p.upgradeFails(winetest.CodeNoSource)
	return p
}

// rightBesideWrong is what most installers here bring: the right patch under a name of its own, and a wrong one that
// comes first.
func rightBesideWrong() map[string][]byte {
	return map[string][]byte{"KB5012345.msp": msp(patchCode), "A-later-one.msp": msp(foreignCode)}
}

// toCopies walks to the question of the first copy, and types the ids of both files, which nobody has signed.
func (w *walk) toCopies() {
	w.t.Helper()
	w.through(1, 4)
	has(w.t, w.next(5), w.p.agent.Cached, cachedPatch(), "KB5012345", "none of these 2 files is there")
	w.through(6, 8)
	w.at(9, "type "+w.p.id+" and press Enter")
	w.enters(9, w.p.id)
	w.typesPatch()
	w.at(10, "Copy OBSAGENT.msi as "+w.p.id+".msi?", "y copy")
}

// asks waits until a copy is asked about and an answer counts, and answers.
func (w *walk) asks(question, answer string) {
	w.t.Helper()
	w.at(10, question, "y copy")
	w.Type(answer)
}

// typesPatch types the id of the patch at step 9, and goes on.
func (w *walk) typesPatch() {
	w.t.Helper()
	has(w.t, w.at(9, "type "+patchID+" and press Enter"), "KB5012345.msp is not signed", "the right code")
	w.enters(9, patchID)
	w.says(9, "enter next", "\r")
}

// whole holds that both files are there byte for byte, and Windows Installer works again.
func (p *patient) whole(before map[string]string) {
	p.t.Helper()
	if !bytes.Equal(p.Read(cachedPatch()), msp(patchCode)) {
		p.t.Errorf("%s is not the patch", cachedPatch())
	}
	patch := p.cache()[patchID+".msp"]
	before[patchID+".msp"] = patch
	p.cured(before, agentPackage)
}

// Package and patch are lost: the same walk puts both back, and undo takes each back by itself. It does so for nothing
// that is pasted into its console.
func TestWinePatch(t *testing.T) {
	t.Parallel()
	p := emptied(t, rightBesideWrong())
	before := p.cache()
	w := p.walk()
	w.toCopies()
	w.Type("y")
	has(t, w.at(10, "Copy KB5012345.msp as "+patchID+".msp?", "y copy"), "in place")
	w.Type("y")
	w.at(10, "enter next")
	w.next(10)
	w.through(11, 12)
	has(t, w.ends(0), "upgraded and verified", p.agent.Cached, cachedPatch())
	p.whole(before)
	for _, id := range []string{patchID, p.id} {
		undo := p.ElevatedTerminal(80, 24, theProgram, "undo")
		undo.WaitFor(stepLimit, "type "+id+" and", "Enter alone for no")
		restored := p.cache()
		undo.Type(strings.Repeat(id+"\r", 20))
		undo.WaitFor(stepLimit, "answer again")
		time.Sleep(read)
		p.unchanged(restored)
		undo.Type(id + "\r")
		if code := undo.Wait(stepLimit); code != 0 {
			t.Fatalf("undo of %s ended with %d:\n%s", id, code, undo.Screen())
		}
	}
	delete(before, patchID+".msp")
	p.unchanged(before)
	if code := p.Reinstall(agentCode); code != winetest.CodeNoSource {
		t.Errorf("with both taken back the re-install ends with %d", code)
	}
}

// The patch alone is lost.
func TestWinePatchAlone(t *testing.T) {
	t.Parallel()
	p := patched(t, rightBesideWrong())
	p.Remove(cachedPatch())
	p.Remove(p.agent.Source)
	p.upgradeFails(winetest.CodeCutOff)
	before := p.cache()
	w := p.walk()
	w.through(1, 4)
	has(t, w.next(5), cachedPatch(), "KB5012345", "in place", "Unique_ID "+patchID)
	w.through(6, 8)
	has(t, w.at(9, "type "+patchID+" and press Enter"), "The patch code is right", "KB5012345.msp is not signed")
	w.enters(9, patchID)
	w.says(9, "enter next", "\r")
	w.asks("Copy KB5012345.msp as "+patchID+".msp?", "y")
	w.next(10)
	w.through(11, 12)
	has(t, w.ends(0), "upgraded and verified", cachedPatch())
	p.whole(before)
}

// No to the patch: the package is copied, the upgrade fails for want of the other, and one key leads back to it.
func TestWinePatchNo(t *testing.T) {
	t.Parallel()
	p := emptied(t, rightBesideWrong())
	before := p.cache()
	w := p.walk()
	w.toCopies()
	w.Type("y")
	w.asks("Copy KB5012345.msp as "+patchID+".msp?", "n")
	has(t, w.says(10, "enter next", "\r"), "not copied, as you said")
	w.pass(11)
	w.next(11)
	w.pass(12)
	has(t, w.says(12, "enter next round", "\r"), cachedPatch(), "still lost")
	w.through(2, 4)
	has(t, w.next(5), cachedPatch(), "in place")
	w.through(6, 8)
	w.at(9, "type "+patchID+" and press Enter")
	w.enters(9, patchID)
	w.says(9, "enter next", "\r")
	w.asks("Copy KB5012345.msp as "+patchID+".msp?", "y")
	w.next(10)
	w.through(11, 12)
	has(t, w.ends(0), "upgraded and verified")
	p.whole(before)
}

// The installer brings a patch with another code only: it is never copied, and holds back no package.
func TestWinePatchWithAForeignCode(t *testing.T) {
	t.Parallel()
	p := emptied(t, map[string][]byte{"KB5012345.msp": msp(foreignCode)})
	before := p.cache()
	w := p.walk()
	w.through(1, 8)
	w.at(9, "type "+p.id+" and press Enter")
	w.enters(9, p.id)
	has(t, w.says(9, "enter next", "\r"), "was not found", "KB5012345", foreignCode)
	w.asks("Copy OBSAGENT.msi as "+p.id+".msi?", "y")
	has(t, w.says(10, "enter next", "\r"), "still lost", cachedPatch())
	w.pass(11)
	w.next(11)
	w.pass(12)
	has(t, w.at(12, "enter next round"), cachedPatch(), "still lost")
	w.leave()
	has(t, w.ends(1), "not repaired", patchID+".msp is still lost")
	if p.Exists(cachedPatch()) {
		t.Error("another patch was put there")
	}
	now := p.cache()
	delete(now, p.id+".msi")
	for name, hash := range before {
		if now[name] != hash {
			t.Errorf("%s is %q and was %s", name, now[name], hash)
		}
	}
	if code := p.Reinstall(agentCode); code == 0 || strings.Contains(w.Screen(), "upgraded and verified") {
		t.Errorf("the re-install ends with %d", code)
	}
}
