<?xml version="1.0" encoding="UTF-8"?>
<!-- Sets a domain of Payara up for Errand: its domain.xml as Payara delivers it → the same with our settings. Offline, since
     a server that is running takes some of them (users, pools) at its next start only. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- added to each port -->
  <xsl:param name="offset" select="0"/>
  <!-- the folder for all that must last; if it is not given here, the system property errand-data has to tell it -->
  <xsl:param name="data"/>

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- The default datasource: a file of ours, which WildFly's set-up opens as well (hence the user).
       async: with H2's default file system an interrupted thread (time limits!) closes the database, and commits get lost.
       WRITE_DELAY=0: else H2 writes a commit up to half a second late, and a crash loses it.
       OPTIMIZE_REUSE_RESULTS=FALSE: else H2 may answer a query from before another's commit, in a transaction that has seen it.
       DB_CLOSE_ON_EXIT=FALSE: the server closes it, once it is done with it. -->
  <xsl:template match="jdbc-connection-pool[@name='H2Pool']">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:attribute name="steady-pool-size">2</xsl:attribute>
      <xsl:attribute name="max-pool-size">40</xsl:attribute>
      <property name="URL" value="jdbc:h2:async:${{errand-data}}/errand;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE;DB_CLOSE_ON_EXIT=FALSE"/>
      <property name="user" value="sa"/>
      <property name="password" value="sa"/>
    </xsl:copy>
  </xsl:template>

  <!-- The server asks its own timers' database while it stops. By default H2 has closed that by then, if a signal stops the
       server, and each question is asked four times, five seconds apart. It refuses AUTO_SERVER beside that. -->
  <xsl:template match="jdbc-connection-pool[@name='__TimerPool']/property[@name='URL']/@value">
    <xsl:attribute name="value">jdbc:h2:${com.sun.aas.instanceRoot}/lib/databases/ejbtimer;DB_CLOSE_ON_EXIT=FALSE</xsl:attribute>
  </xsl:template>

  <!-- Pools, raised together: a message-driven bean needs a JMS session and a connection at once.
       And nothing is told to Payara's makers. -->
  <xsl:template match="config[@name='server-config']">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <mdb-container max-pool-size="16"/>
      <ejb-container max-pool-size="128"/>
      <phone-home-runtime-configuration enabled="false"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="thread-pool[@name='http-thread-pool']">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:attribute name="max-thread-pool-size">64</xsl:attribute>
    </xsl:copy>
  </xsl:template>

  <!-- No answer tells which server it is.
       HTTP/2 without TLS, which Java's own client asks for, is off: two threads of the listener lock each other out for ever when
       such a connection ends while an answer is written (6.2025.9) -->
  <xsl:template match="protocol[starts-with(@name, 'http-listener')]/http">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:attribute name="server-header">false</xsl:attribute>
      <xsl:attribute name="xpowered-by">false</xsl:attribute>
      <xsl:if test="../@name = 'http-listener-1'">
        <xsl:attribute name="http2-enabled">false</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- No other server is looked for -->
  <xsl:template match="hazelcast-config-specific-configuration">
    <hazelcast-config-specific-configuration enabled="false"/>
  </xsl:template>

  <!-- JMX is for this machine: whoever may use it may do anything -->
  <xsl:template match="jmx-connector/@address">
    <xsl:attribute name="address">127.0.0.1</xsl:attribute>
  </xsl:template>

  <!-- Users live with the data; their groups are the roles -->
  <xsl:template match="auth-realm[@name='file']/property[@name='file']/@value">
    <xsl:attribute name="value">${errand-data}/keyfile</xsl:attribute>
  </xsl:template>
  <xsl:template match="security-service">
    <xsl:copy>
      <xsl:attribute name="activate-default-principal-to-role-mapping">true</xsl:attribute>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="config[@name='server-config']/java-config">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <xsl:if test="$data">
        <jvm-options>-Derrand-data=<xsl:value-of select="$data"/></jvm-options>
        <jvm-options>-Derrand.archive.dir=<xsl:value-of select="$data"/>/archive</jvm-options>
        <jvm-options>-Derrand.first-login=<xsl:value-of select="$data"/>/first-login</jvm-options>
        <jvm-options>-Derrand.webhook.key-file=<xsl:value-of select="$data"/>/webhook-key</jvm-options>
      </xsl:if>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="jvm-options[.='-Xmx512m']">
    <jvm-options>-Xmx1g</jvm-options>
  </xsl:template>

  <xsl:template match="config[@name='server-config']//@port[number()=.]">
    <xsl:attribute name="port"><xsl:value-of select=". + $offset"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="system-property[@name='JMS_PROVIDER_PORT']/@value">
    <xsl:attribute name="value"><xsl:value-of select=". + $offset"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="jvm-options[starts-with(., '-Dosgi.shell.telnet.port=')]">
    <jvm-options>-Dosgi.shell.telnet.port=<xsl:value-of select="substring-after(., '=') + $offset"/></jvm-options>
  </xsl:template>
</xsl:stylesheet>
