# Evaluates the Homebrew formula without Homebrew: for each platform, the archive exists and has the check sum. Then it
# installs the archive of this machine into a temporary prefix and starts decant there by its link. The few methods of
# Homebrew that the formula calls are defined here. Call: ruby formula_test.rb decant.rb FOLDER_OF_ARCHIVES
require "digest"
require "fileutils"
require "pathname"
require "tmpdir"

# A folder with Homebrew's methods for installing files.
class Pathname
  def install(*files)
    mkpath
    files.flatten.each { |file| FileUtils.cp_r(file, to_s, preserve: true) }
  end

  def install_symlink(file)
    mkpath
    (self + file.basename).make_symlink(file)
  end
end

# What Homebrew's class of this name provides, as far as the formula uses it.
class Formula
  class << self
    attr_reader :facts

    %i[desc homepage version license url sha256].each { |name| define_method(name) { |value| (@facts ||= {})[name] = value } }

    def on(condition)
      yield if condition
    end

    def on_macos(&block) = on($platform.start_with?("macos"), &block)
    def on_linux(&block) = on($platform.start_with?("linux"), &block)
    def on_arm(&block) = on($platform.end_with?("aarch64"), &block)
    def on_intel(&block) = on($platform.end_with?("x86_64"), &block)
    def test; end
  end

  def initialize(prefix)
    @prefix = Pathname(prefix)
  end

  { bin: "bin", libexec: "libexec", man1: "share/man/man1", doc: "share/doc/decant",
    bash_completion: "etc/bash_completion.d", zsh_completion: "share/zsh/site-functions",
    fish_completion: "share/fish/vendor_completions.d" }.each do |name, folder|
    define_method(name) { @prefix + folder }
  end
end

def load_for(platform, file)
  Object.send(:remove_const, :Decant) if Object.const_defined?(:Decant)
  $platform = platform
  load file
  Decant
end

formula, archives = ARGV.map { |argument| File.expand_path(argument) }
%w[macos-aarch64 macos-x86_64 linux-aarch64 linux-x86_64].each do |platform|
  facts = load_for(platform, formula).facts
  archive = File.join(archives, File.basename(facts[:url]))
  raise "#{platform}: the formula has the URL #{facts[:url]}" unless archive.end_with?("-#{platform}.tar.gz") && File.file?(archive)
  raise "#{platform}: the check sum is not that of #{archive}" unless Digest::SHA256.file(archive).hexdigest == facts[:sha256]
end

here = "linux-#{RbConfig::CONFIG['host_cpu'] == 'x86_64' ? 'x86_64' : 'aarch64'}"
formula_class = load_for(here, formula)
Dir.mktmpdir do |folder|
  archive = File.join(archives, File.basename(formula_class.facts[:url]))
  system("tar", "-xzf", archive, "-C", folder, exception: true)
  # Homebrew changes into the only folder of an archive.
  Dir.chdir(Dir.glob("#{folder}/*").first) { formula_class.new("#{folder}/prefix").install }
  version = IO.popen({ "HOME" => folder }, ["#{folder}/prefix/bin/decant", "--version"], err: %i[child out], &:read)
  raise "decant --version printed: #{version}" unless version.start_with?("decant #{formula_class.facts[:version]}")
  %w[share/man/man1/decant-pull.1 etc/bash_completion.d/decant share/zsh/site-functions/_decant
     share/fish/vendor_completions.d/decant.fish share/doc/decant/LICENSE].each do |file|
    raise "#{file} was not installed" unless File.file?("#{folder}/prefix/#{file}")
  end
end
puts "formula: the archives and check sums of all platforms fit, and decant starts from its prefix"
