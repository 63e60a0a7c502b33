package practice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"marsfix/steps/computer"
)

// registry is what Windows keeps of products and services, a file on the practice disk.
type registry struct {
	Products []computer.Product
	Services []computer.Service
}

// agent is the registration of the MARS Agent.
func (r *registry) agent() (*computer.Product, error) {
	i := slices.IndexFunc(r.Products, func(p computer.Product) bool { return p.ProductCode == agentProduct })
	if i < 0 {
		return nil, fmt.Errorf("\"%s\": product %s is not registered", registryPath, agentProduct)
	}
	return &r.Products[i], nil
}

// firstRegistry is the registration before anything happens.
func firstRegistry(p plot) registry {
	product := func(name, version, product, code, cached, file string) computer.Product {
		source := `C:\ProgramData\Package Cache\` + product
		return computer.Product{Name: name, Version: version, ProductCode: product, PackageCode: code,
			LocalPackage:   cached,
			LastUsedSource: source + `\`, InstallSource: source + `\`, PackageName: file}
	}
	agent := product(agentName, "2.0.9169.0", agentProduct, agentCode, registeredPath, agentFile)
	agent.LastUsedSource, agent.InstallSource = formerFolder+`\Installers\`, formerFolder+`\Installers\`
	patch := func(code, name, cached, file string) computer.Patch {
		return computer.Patch{Code: code, Name: agentName + " Update (" + name + ")", LocalPackage: cached,
			State:          computer.PatchApplied,
			LastUsedSource: formerFolder + `\Installers\`, PackageName: file}
	}
	agent.Patches = []computer.Patch{patch(patchCode, "KB5012345", patchPath, "MARSAgent.msp")}
	if p.hotfixed {
		agent.Patches = append(agent.Patches, patch(hotfixCode, "KB4487102", hotfixPath, "KB4487102.msp"))
	}
	return registry{
		Products: []computer.Product{
			product("Microsoft Monitoring Agent", "10.20.18067.0", "{A41F6C93-0D8E-4B27-95C1-6E3B7F210181}",
				"{5D2B9E70-8C46-4F1A-B3D8-0A9C6E710181}", monitorPath, "MOMAgent.msi"),
			agent,
			product("Microsoft Visual C++ 2019 X64 Minimum Runtime - 14.28.29913", "14.28.29913",
				"{8E5D1B7A-3C2F-4A60-9D4E-14D28F029913}",
				"{C0A61F52-9E3B-4D77-8F10-2B6E4A829913}", runtimePath, "vc_runtimeMinimum_x64.msi"),
		},
		Services: []computer.Service{
			{Name: "obengine", Display: agentName, Image: enginePath, State: serviceRunning},
			{Name: "OBRecoveryServicesManagementAgent", Display: "Microsoft Azure Recovery Services Management Agent",
				Image: managementPath, State: serviceRunning},
		},
	}
}

// The states of a service that occur here.
const (
	serviceRunning = "running"
	serviceStopped = "stopped"
	serviceStarts  = "start pending"
)

// load reads the registration.
func (m *Machine) load() (registry, error) {
	var r registry
	if _, err := m.ready(); err != nil {
		return r, err
	}
	m.registry.Lock()
	defer m.registry.Unlock()
	return m.read()
}

func (m *Machine) read() (registry, error) {
	var r registry
	content, err := os.ReadFile(m.host(registryPath))
	if err != nil {
		return r, fmt.Errorf("read the registration: %w", err)
	}
	if err := json.Unmarshal(content, &r); err != nil {
		return r, fmt.Errorf("read the registration \"%s\": %w", registryPath, err)
	}
	return r, nil
}

// change reads the registration, lets f change it, and writes it.
func (m *Machine) change(f func(r *registry) error) error {
	m.registry.Lock()
	defer m.registry.Unlock()
	r, err := m.read()
	if err != nil {
		return err
	}
	if err := f(&r); err != nil {
		return err
	}
	return m.write(r)
}

func (m *Machine) write(r registry) error {
	content, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write the registration: %w", err)
	}
	return m.put(registryPath, append(content, '\n'), m.now())
}

// errCorrupt is why a registration cannot be read: ERROR_BAD_CONFIGURATION, as Windows words it.
var errCorrupt = errors.New("the configuration data for this product is corrupt (1610)")

// Products lists what is registered, read afresh.
func (m *Machine) Products(ctx context.Context) ([]computer.Product, error) {
	if m.plot.unread {
		return nil, errCorrupt
	}
	r, err := m.load()
	if err != nil {
		return nil, err
	}
	return r.Products, ctx.Err()
}

// Services answers for the backup service and the management agent, read afresh.
func (m *Machine) Services(ctx context.Context) ([]computer.Service, error) {
	r, err := m.load()
	if err != nil {
		return nil, err
	}
	return r.Services, ctx.Err()
}
